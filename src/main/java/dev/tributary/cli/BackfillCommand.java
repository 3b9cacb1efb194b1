package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.plan.Backfill;
import dev.tributary.plan.WindowGrid;
import dev.tributary.run.Aim;
import dev.tributary.run.Order;
import dev.tributary.run.Outcome;
import dev.tributary.run.Pass;
import dev.tributary.run.PassReport;
import dev.tributary.run.RunListener;
import dev.tributary.run.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes up windows of the past; run again, it goes on where it ended. */
@Command(
    name = "backfill",
    description = "Settle a job's missing windows of the past.",
    mixinStandardHelpOptions = true)
final class BackfillCommand implements Callable<Integer> {

  /** Windows that an estimate is made from. */
  private static final int SAMPLES = 5;

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Mixin private final ShareOptions shares = new ShareOptions();

  @Parameters(paramLabel = "JOB", description = "The job.")
  private String name = "";

  @Option(
      names = "--from",
      paramLabel = "START",
      required = true,
      description = "Where to begin: a date in the job's zone or an instant.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "END",
      description = "Where to end, itself left out; default the newest complete window's end.")
  private @Nullable String to;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Windows at once; default the source's max_queries.")
  private @Nullable Integer parallel;

  @Option(
      names = "--stale",
      description =
          "Replace windows that an older query made, too; run again, it goes on where it ended.")
  private boolean stale;

  @Option(
      names = "--replace",
      description = "Query every window again and replace it; to go on where it ended, --since.")
  private boolean replace;

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description =
          "With --replace: leave windows that this definition has queried at that time or later.")
  private @Nullable String since;

  @Option(
      names = "--force",
      description =
          "With --stale or --replace: replace even where rows are lost, whatever 'guard' allows.")
  private boolean force;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Take no new window after this time, such as 50m; 75 if some are left.")
  private @Nullable String longest;

  BackfillCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    InstantSource clock = InstantSource.system();
    Optional<Instant> noNewAfter =
        longest == null
            ? Optional.empty()
            : Optional.of(clock.instant().plus(Usage.duration("--for", longest)));
    if (parallel != null && (parallel < 1 || parallel > 64)) {
      throw Usage.wrong("--parallel must be 1 to 64, but was " + parallel);
    }
    if (force && !replace && !stale) {
      throw Usage.wrong("--force needs --replace or --stale");
    }
    if (since != null && !replace) {
      throw Usage.wrong("--since needs --replace; what --stale has replaced is not stale");
    }
    Optional<Instant> redone =
        since == null ? Optional.empty() : Optional.of(Usage.instant("--since", since));
    Backfill.Share share = shares.share(console.environment());
    Definitions definitions = options.read(console);
    Job job = Selection.one(definitions, name);
    StopSignal stop = new StopSignal();
    Termination termination = Termination.onSignal(stop);
    try (Workshop workshop =
        new Workshop(definitions.limits().memoryBytes(), console.environment(), clock)) {
      Backfill backfill = plan(job, workshop.ledger(job).history(), clock.instant(), share);
      int most = parallel == null ? job.source().maxQueries() : parallel;
      tellBefore(backfill, workshop.ledger(job), most);
      if (backfill.windows().isEmpty()) {
        return ExitCode.DONE.number();
      }
      if (replace) {
        Instant from = redone.orElse(clock.instant()).truncatedTo(ChronoUnit.SECONDS);
        console.say("if this is interrupted, '--since " + from + "' goes on where it ended");
      }
      PassReport report =
          new Pass(workshop.kit(), new Pass.Limits(most, most, noNewAfter), stop, listener())
              .run(
                  List.of(workshop.lane(force ? job.unguarded() : job)),
                  order(backfill.windows(), job, redone));
      console.say(Reports.summary(report));
      return (stop.isStopped() ? ExitCode.TRY_AGAIN : Reports.codeOf(report)).number();
    } finally {
      termination.close();
    }
  }

  /** Whatever the history says, the manifest that stands at a window's turn decides. */
  private Order order(List<Window> windows, Job job, Optional<Instant> redone) {
    if (!replace && !stale) {
      return Order.of(windows, Aim.SETTLE);
    }
    Order again = Order.of(windows, Aim.REPLACE);
    Job.Hashes now = job.hashes();
    if (replace) {
      return redone.isEmpty()
          ? again
          : again.except(
              newest ->
                  newest.attempt().hashes().equals(now)
                      && !newest.attempt().began().isBefore(redone.orElseThrow()));
    }
    return again.except(
        newest ->
            newest.status() == History.Status.SKIPPED
                || newest.attempt().hashes().query().equals(now.query()));
  }

  private Backfill plan(Job job, History history, Instant now, Backfill.Share share)
      throws Failure, Usage.WrongUsage {
    Job.Windowing windowing =
        job.windowing()
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.CONFIGURATION,
                        "cannot backfill job '"
                            + name
                            + "': it has no windows; 'run "
                            + name
                            + " --now' makes a snapshot"));
    Instant begin = Selection.instant(job, "--from", from);
    Instant end =
        to == null
            ? WindowGrid.of(windowing.every(), job.zone())
                .newestComplete(now, windowing.delay())
                .end()
            : Selection.instant(job, "--to", to);
    if (!begin.isBefore(end)) {
      throw Usage.wrong("--from must lie before --to, but " + begin + " does not before " + end);
    }
    Backfill.Which which =
        replace ? Backfill.Which.ALL : stale ? Backfill.Which.STALE : Backfill.Which.MISSING;
    return Backfill.of(
        job, windowing.every(), windowing.delay(), history, begin, end, now, which, share);
  }

  private void tellBefore(Backfill backfill, Ledger ledger, int most) throws Failure {
    StringBuilder words = new StringBuilder();
    words.append(Texts.count(backfill.windows().size(), "window")).append(" to make");
    words.append(", ").append(backfill.settled()).append(" settled already");
    if (backfill.unfinished() > 0) {
      words.append(", ").append(backfill.unfinished()).append(" not complete yet");
    }
    if (!backfill.windows().isEmpty()) {
      estimate(backfill.windows(), ledger, most)
          .ifPresent(
              time -> words.append("; about ").append(Durations.text(time)).append(" by the last"));
    }
    console.say(words.toString());
  }

  /** From what the job's newest windows took. */
  private static Optional<Duration> estimate(List<Window> windows, Ledger ledger, int most)
      throws Failure {
    long millis = 0;
    int samples = 0;
    for (History.Committed last : ledger.history().committed().descendingMap().values()) {
      if (samples == SAMPLES) {
        break;
      }
      Optional<Manifest> manifest = ledger.newest(last.window());
      if (manifest.isPresent()) {
        Manifest done = manifest.orElseThrow();
        millis += Duration.between(done.attempt().began(), done.ended()).toMillis();
        samples++;
      }
    }
    return samples == 0
        ? Optional.empty()
        : Optional.of(
            Duration.ofSeconds(Math.max(1, millis * windows.size() / samples / most / 1000)));
  }

  private RunListener listener() {
    RunListener progress = new Progress(console);
    return options.json() ? RunListener.all(List.of(progress, new Documents(console))) : progress;
  }

  /** Each window as a document as soon as it has ended, for there may be many. */
  private record Documents(Console console) implements RunListener {
    @Override
    public void ended(Outcome outcome) {
      synchronized (console) {
        console.json(Reports.document(outcome));
      }
    }
  }
}
