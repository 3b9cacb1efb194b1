package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how fresh each job's data is. */
@Command(
    name = "status",
    description = "Show up to when each job's data reaches; 75 when any is older than it may be.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs; default all.")
  private List<String> names = List.of();

  @Option(
      names = "--max-age",
      paramLabel = "DURATION",
      description = "Age from which on a job is stale, such as 2h; default each job's max_age.")
  private @Nullable String maxAge;

  @Option(names = "--at", paramLabel = "INSTANT", description = "As if it were this time.")
  private @Nullable String at;

  StatusCommand(Console console) {
    this.console = console;
  }

  /**
   * How fresh a job is.
   *
   * @param complete up to when its data reaches
   * @param limit age from which on it is stale
   * @param failing windows whose last try failed
   */
  private record Freshness(
      Job job,
      Instant now,
      Optional<Instant> complete,
      Optional<Duration> limit,
      List<History.Failed> failing) {

    Optional<Duration> age() {
      return complete.map(end -> Duration.between(end, now).truncatedTo(ChronoUnit.SECONDS));
    }

    /** A job without any data is as old as can be. */
    boolean isStale() {
      return limit
          .map(most -> age().map(age -> age.compareTo(most) > 0).orElse(true))
          .orElse(false);
    }

    String state() {
      return isStale() ? "stale" : complete.isEmpty() ? "nothing yet" : "fresh";
    }
  }

  @Override
  public Integer call() throws Exception {
    Instant now = at == null ? InstantSource.system().instant() : Usage.instant("--at", at);
    Optional<Duration> most =
        maxAge == null ? Optional.empty() : Optional.of(Usage.duration("--max-age", maxAge));
    Definitions definitions = options.read(console);
    List<Freshness> all = new ArrayList<>();
    List<ExitCode> codes = new ArrayList<>();
    try (Workshop workshop =
        new Workshop(
            definitions.limits().memoryBytes(), console.environment(), InstantSource.fixed(now))) {
      for (Job job : Selection.of(definitions, names)) {
        try {
          all.add(freshness(job, workshop.history(job), most, now));
        } catch (Failure failure) {
          console.say(failure.sentence());
          codes.add(ExitCode.of(failure.kind()));
        }
      }
    }
    tell(all);
    if (all.stream().anyMatch(Freshness::isStale)) {
      codes.add(ExitCode.TRY_AGAIN);
    }
    return ExitCode.of(codes).number();
  }

  private static Freshness freshness(
      Job job, History history, Optional<Duration> most, Instant now) {
    return new Freshness(
        job,
        now,
        history.complete(),
        most.or(() -> job.ages().maxAge()),
        List.copyOf(history.failures().values()));
  }

  private void tell(List<Freshness> all) {
    if (options.json()) {
      all.forEach(each -> console.json(document(each)));
      return;
    }
    Table table = new Table(List.of("JOB", "COMPLETE UNTIL", "AGE", "MAX AGE", "STATE"));
    for (Freshness each : all) {
      table.row(
          List.of(
              each.job().name().value(),
              each.complete().map(Instant::toString).orElse(""),
              each.age().map(Texts::roughly).orElse(""),
              each.limit().map(Durations::text).orElse(""),
              each.state() + failing(each)));
    }
    table.print(console.out());
  }

  private static String failing(Freshness freshness) {
    List<History.Failed> failing = freshness.failing();
    return failing.isEmpty()
        ? ""
        : "; "
            + Texts.count(failing.size(), "window")
            + " failing, the last: "
            + failing.get(failing.size() - 1).reason();
  }

  private static Map<String, Object> document(Freshness freshness) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job", freshness.job().name().value());
    document.put("complete_until", freshness.complete().map(Instant::toString).orElse(null));
    document.put("age_seconds", freshness.age().map(Duration::toSeconds).orElse(null));
    document.put("max_age_seconds", freshness.limit().map(Duration::toSeconds).orElse(null));
    document.put("stale", freshness.isStale());
    document.put("failing", freshness.failing().size());
    return document;
  }
}
