package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.inspect.DestinationProbe;
import dev.tributary.inspect.Diagnosis;
import dev.tributary.inspect.Diagnosis.Part;
import dev.tributary.inspect.Diagnosis.State;
import dev.tributary.inspect.SourceProbe;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Source;
import dev.tributary.job.Window;
import dev.tributary.telemetry.Redactor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tries everything that a run will need, and commits nothing. */
@Command(
    name = "doctor",
    description = "Probe every source, query and destination; say what is wrong and what follows.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  private final Console console;
  private final InstantSource clock = InstantSource.system();

  @Mixin private final ConfigOptions options = new ConfigOptions();

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Definitions definitions = options.read(console);
    List<Diagnosis> found = new ArrayList<>();
    try (Workshop workshop =
        new Workshop(definitions.limits().memoryBytes(), console.environment(), clock)) {
      for (Source source : definitions.sources()) {
        found.addAll(source(workshop, definitions, source));
      }
      for (DestinationSpec destination : definitions.destinations()) {
        found.addAll(destination(workshop, destination));
      }
    }
    tell(found);
    List<ExitCode> codes = new ArrayList<>();
    found.forEach(each -> each.kind().map(ExitCode::of).ifPresent(codes::add));
    if (definitions.hasErrors()) {
      codes.add(ExitCode.CONFIGURATION);
    }
    return ExitCode.of(codes).number();
  }

  private List<Diagnosis> source(Workshop workshop, Definitions definitions, Source source) {
    List<Job> jobs =
        definitions.jobs().stream().filter(job -> job.source().equals(source)).toList();
    Part part = new Part("source", source.name());
    if (jobs.isEmpty()) {
      return List.of(
          part.doubtful("answers", "no job reads from it, so there is no bucket to ask about"));
    }
    List<Diagnosis> found = new ArrayList<>();
    SourceProbe probe = new SourceProbe(clock);
    Set<String> answering = new LinkedHashSet<>();
    for (String bucket : new LinkedHashSet<>(jobs.stream().map(Job::bucket).toList())) {
      List<Diagnosis> told = probe.bucket(source.name(), workshop.source(source), bucket);
      found.addAll(told);
      if (told.stream().noneMatch(each -> each.check().equals("answers") && isWrong(each))) {
        answering.add(bucket);
      }
    }
    for (Job job : jobs) {
      if (answering.contains(job.bucket())) {
        found.add(query(workshop, probe, job));
      }
    }
    return found;
  }

  private Diagnosis query(Workshop workshop, SourceProbe probe, Job job) {
    // a snapshot's query has bounds of its own, and only its columns are waited for
    Window empty = Window.at(job.windowing().isEmpty() ? clock.instant() : Instant.EPOCH);
    return probe.query(job, workshop.source(job.source()), workshop.kit().request(job, empty));
  }

  private List<Diagnosis> destination(Workshop workshop, DestinationSpec spec) {
    try {
      return new DestinationProbe(
              spec, workshop.destination(spec), clock, workshop.kit().attemptIds().get())
          .diagnoses();
    } catch (Failure failure) {
      return List.of(new Part("destination", spec.name()).wrong("open", failure));
    }
  }

  private static boolean isWrong(Diagnosis diagnosis) {
    return diagnosis.state() == State.WRONG;
  }

  private void tell(List<Diagnosis> found) {
    if (options.json()) {
      found.forEach(each -> console.json(document(each)));
    } else {
      Table table = new Table(List.of("PART", "NAME", "CHECK", "STATE", "FOUND"));
      for (Diagnosis each : found) {
        table.row(
            List.of(
                each.part().sort(),
                each.part().name(),
                each.check(),
                word(each),
                Redactor.ofProcess().redact(each.told())));
      }
      table.print(console.out());
    }
    long wrong = found.stream().filter(DoctorCommand::isWrong).count();
    long doubtful = found.stream().filter(each -> each.state() == State.DOUBTFUL).count();
    console.say(
        Texts.count(found.size(), "check")
            + ": "
            + (wrong + doubtful == 0 ? "all right" : wrong + " wrong, " + doubtful + " doubtful"));
  }

  private static String word(Diagnosis diagnosis) {
    return diagnosis.state().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> document(Diagnosis diagnosis) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("part", diagnosis.part().sort());
    document.put("name", diagnosis.part().name());
    document.put("check", diagnosis.check());
    document.put("state", word(diagnosis));
    document.put("found", Redactor.ofProcess().redact(diagnosis.told()));
    document.put(
        "kind", diagnosis.kind().map(kind -> kind.name().toLowerCase(Locale.ROOT)).orElse(null));
    return document;
  }
}
