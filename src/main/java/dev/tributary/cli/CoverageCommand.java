package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.plan.Coverage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the state of every window. */
@Command(
    name = "coverage",
    description =
        "Show every window's state: done, empty, replaced, cut, skipped, failed, due, given up.",
    mixinStandardHelpOptions = true)
final class CoverageCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs; default all.")
  private List<String> names = List.of();

  @Option(names = "--at", paramLabel = "INSTANT", description = "As if it were this time.")
  private @Nullable String at;

  CoverageCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Instant now = at == null ? InstantSource.system().instant() : Usage.instant("--at", at);
    Definitions definitions = options.read(console);
    Table table = new Table(List.of("JOB", "FROM", "TO", "WINDOWS", "STATE"));
    try (Workshop workshop =
        new Workshop(
            definitions.limits().memoryBytes(), console.environment(), InstantSource.fixed(now))) {
      for (Job job : Selection.of(definitions, names)) {
        History history = workshop.history(job);
        List<Coverage.Range> ranges = Coverage.of(job, history, now);
        for (Coverage.Range range : ranges) {
          String reason = reason(range, history, workshop.ledger(job));
          if (options.json()) {
            console.json(document(job, range, reason));
          }
          table.row(
              List.of(
                  job.name().value(),
                  range.from().toString(),
                  job.isSnapshot() ? "" : range.to().toString(),
                  Integer.toString(range.windows()),
                  state(range) + (reason.isEmpty() ? "" : ": " + reason)));
        }
      }
    }
    if (!options.json()) {
      table.print(console.out());
    }
    return ExitCode.DONE.number();
  }

  private static String state(Coverage.Range range) {
    return range.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Why the first of windows that failed or were skipped did so; else empty text. */
  private static String reason(Coverage.Range range, History history, Ledger ledger)
      throws Failure {
    History.Committed skipped = history.committed().get(range.from());
    if (range.state() == Coverage.State.SKIPPED && skipped != null) {
      Window window = skipped.window();
      return ledger.newest(window).flatMap(Manifest::reason).orElse("");
    }
    History.Failed failed = history.failures().get(range.from());
    return range.state() == Coverage.State.FAILED && failed != null ? failed.reason() : "";
  }

  private static Map<String, Object> document(Job job, Coverage.Range range, String reason) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job", job.name().value());
    document.put("start", range.from().toString());
    document.put("end", range.to().toString());
    document.put("windows", range.windows());
    document.put("state", state(range));
    document.put("reason", reason);
    return document;
  }
}
