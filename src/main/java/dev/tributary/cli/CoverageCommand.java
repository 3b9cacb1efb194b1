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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        "Show every window's state: done, empty, replaced, cut, skipped, failed, running, due, given"
            + " up.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What is running is asked of the daemon of these definitions when one runs on this machine,",
      "by 'daemon.http'; it is due to everybody else."
    })
final class CoverageCommand implements Callable<Integer> {

  /** Spans that are told below a calendar; the others are left to --json. */
  private static final int MOST_TOLD = 20;

  /** Each reason of a skipped window costs a read. */
  private static final int MOST_REASONS = 500;

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs; default all.")
  private List<String> names = List.of();

  @Option(names = "--at", paramLabel = "INSTANT", description = "As if it were this time.")
  private @Nullable String at;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with a heat map of each job, which needs no network.")
  private @Nullable Path html;

  CoverageCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Instant now = at == null ? InstantSource.system().instant() : Usage.instant("--at", at);
    Definitions definitions = options.read(console);
    // a daemon knows what it does now
    Optional<RunningDaemon> daemon =
        at == null
            ? RunningDaemon.ask(definitions.daemon(), options.path(console))
            : Optional.empty();
    CoveragePage page = new CoveragePage(now);
    try (Workshop workshop =
        new Workshop(
            definitions.limits().memoryBytes(), console.environment(), InstantSource.fixed(now))) {
      for (Job job : Selection.of(definitions, names)) {
        // asked before the ledger is read, so that what ends in between is seen as done
        Set<Instant> running = daemon.map(each -> each.running(job)).orElse(Set.of());
        History history = workshop.history(job);
        List<Coverage.Range> ranges = Coverage.of(job, history, now, running);
        if (options.json()) {
          for (Coverage.Range range : ranges) {
            console.json(document(job, range, reason(range, history, workshop.ledger(job))));
          }
        } else if (html == null) {
          new CoverageCalendar(job, ranges, console.terminal()).print(console.out());
        }
        if (html != null || !options.json()) {
          List<CoveragePage.Note> notes = notes(ranges, history, workshop.ledger(job));
          page.add(job, ranges, notes);
          if (html == null) {
            tell(job, notes);
          }
        }
      }
    }
    if (html != null) {
      write(console.directory().resolve(html), page);
    }
    return ExitCode.DONE.number();
  }

  private void write(Path file, CoveragePage page) throws Failure {
    try {
      Files.writeString(file, page.html());
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.CANNOT_WRITE, "cannot write '" + file + "': " + e.getMessage(), e);
    }
    console.say("wrote " + file);
  }

  /** What asks for attention, worst first, the newest of a kind first. */
  private static List<CoveragePage.Note> notes(
      List<Coverage.Range> ranges, History history, Ledger ledger) throws Failure {
    List<CoveragePage.Note> notes = new ArrayList<>();
    for (Coverage.State state : StateLook.NOTABLE) {
      for (int i = ranges.size() - 1; i >= 0; i--) {
        Coverage.Range range = ranges.get(i);
        if (range.state() == state) {
          notes.add(
              new CoveragePage.Note(
                  range, notes.size() < MOST_REASONS ? reason(range, history, ledger) : ""));
        }
      }
    }
    return notes;
  }

  private void tell(Job job, List<CoveragePage.Note> notes) {
    Table table = new Table(List.of("  FROM", "TO", "WINDOWS", "STATE"));
    for (CoveragePage.Note note : notes.subList(0, Math.min(MOST_TOLD, notes.size()))) {
      Coverage.Range range = note.range();
      table.row(
          List.of(
              "  " + range.from(),
              job.isSnapshot() ? "" : range.to().toString(),
              Integer.toString(range.windows()),
              StateLook.word(range.state())
                  + (note.reason().isEmpty() ? "" : ": " + note.reason())));
    }
    if (!notes.isEmpty()) {
      table.print(console.out());
    }
    if (notes.size() > MOST_TOLD) {
      console.out().println("  and " + (notes.size() - MOST_TOLD) + " more; --json tells all");
    }
    console.out().println();
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
    document.put("state", StateLook.word(range.state()));
    document.put("reason", reason);
    return document;
  }
}
