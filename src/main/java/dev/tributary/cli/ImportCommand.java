package dev.tributary.cli;

import dev.tributary.app.draft.DraftFile;
import dev.tributary.app.draft.Imported;
import dev.tributary.app.draft.JobDraft;
import dev.tributary.definition.Definitions;
import dev.tributary.definition.Diagnostic;
import dev.tributary.job.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns what others scheduled into jobs, and says what it could not carry over. */
@Command(
    name = "import",
    description =
        "Turn continuous queries of InfluxDB 1.x, or settings of the downsampler plugin, into jobs.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final DraftOptions options = new DraftOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "What SHOW CONTINUOUS QUERIES printed, CREATE statements, commands that create triggers,"
              + " or a trigger's TOML.")
  private List<Path> files = List.of();

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "The database of settings that name none.")
  private @Nullable String database;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write, never one that is there; default standard output.")
  private @Nullable Path out;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    List<JobDraft> jobs = new ArrayList<>();
    int lost = 0;
    for (Path file : files) {
      List<Imported> found = Imported.in(text(file), Optional.ofNullable(database));
      if (found.isEmpty()) {
        console.say(file + ": nothing to import: neither continuous queries nor settings");
        lost++;
      }
      for (Imported each : found) {
        Optional<JobDraft> job = sound(each, file);
        job.ifPresent(jobs::add);
        lost += job.isPresent() ? 0 : 1;
      }
    }
    if (!jobs.isEmpty()) {
      write(
          options.file(List.of("By 'tributary import', which said what differs."), jobs, console));
    }
    console.say(Texts.count(jobs.size(), "job") + ", " + lost + " not carried over");
    return (lost > 0 ? ExitCode.REFUSED : ExitCode.DONE).number();
  }

  private String text(Path file) throws Failure {
    try {
      return Files.readString(console.directory().resolve(file));
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.NOT_FOUND, "cannot read '" + file + "': no such file, or not UTF-8 text", e);
    }
  }

  /** Tells what became of one thing; it is carried over only if every command can read it. */
  private Optional<JobDraft> sound(Imported each, Path file) throws Failure {
    String place = file + ":" + each.line() + ": " + each.what() + ": ";
    if (each.job().isEmpty()) {
      each.notes().forEach(why -> console.say(place + "not carried over: " + why));
      return Optional.empty();
    }
    JobDraft job = each.job().orElseThrow();
    // a source that is wrong is the options' mistake, and no job's
    DraftOptions.read(options.file(List.of(), List.of(), console).text());
    try {
      Definitions read = DraftOptions.read(options.file(List.of(), List.of(job), console).text());
      console.say(place + "job '" + job.name() + "'");
      each.notes().forEach(note -> console.say(place + note));
      read.diagnostics().stream()
          .map(Diagnostic::message)
          .forEach(warning -> console.say(place + "warning: " + warning));
      return each.job();
    } catch (Failure failure) {
      console.say(place + "not carried over: " + failure.sentence());
      return Optional.empty();
    }
  }

  private void write(DraftFile draft) throws Failure {
    String text = draft.text();
    DraftOptions.read(text);
    if (out == null) {
      console.out().print(text);
      console.out().flush();
      return;
    }
    Path file = console.directory().resolve(out);
    DraftOptions.write(file, text);
    console.say("wrote " + file);
  }
}
