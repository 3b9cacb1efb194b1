package dev.tributary.cli;

import dev.tributary.app.Alarms;
import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.run.Aim;
import dev.tributary.run.Lane;
import dev.tributary.run.Order;
import dev.tributary.run.Pass;
import dev.tributary.run.PassReport;
import dev.tributary.run.RunListener;
import dev.tributary.run.StopSignal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One pass: everything that is due, then exit. The command for cron and Kubernetes. */
@Command(
    name = "run",
    description = "Settle every window that is due, then exit.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs; default all.")
  private List<String> names = List.of();

  @Option(
      names = "--window",
      paramLabel = "START",
      description = "One window, due or not, by its start: a date in the job's zone or an instant.")
  private @Nullable String window;

  @Option(names = "--replace", description = "Query the window again and replace what is there.")
  private boolean replace;

  @Option(
      names = "--force",
      description = "With --replace: replace even where rows are lost, whatever 'guard' allows.")
  private boolean force;

  @Option(names = "--now", description = "Make another snapshot of a job without a schedule.")
  private boolean now;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Take no new window after this time, such as 50m; 75 if some are left.")
  private @Nullable String longest;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (replace && window == null) {
      throw Usage.wrong("--replace needs --window START");
    }
    if (force && !replace) {
      throw Usage.wrong("--force needs --replace");
    }
    if (window != null && names.size() != 1) {
      throw Usage.wrong("--window needs exactly one JOB");
    }
    Instant began = InstantSource.system().instant();
    Optional<Instant> noNewAfter =
        longest == null
            ? Optional.empty()
            : Optional.of(began.plus(Usage.duration("--for", longest)));
    Definitions definitions = options.read(console);
    List<Job> jobs = Selection.of(definitions, names);
    jobs.forEach(this::warnOfSchedule);
    StopSignal stop = new StopSignal();
    Termination termination = Termination.onSignal(stop);
    try (Workshop workshop =
        new Workshop(
            definitions.limits().memoryBytes(), console.environment(), InstantSource.system())) {
      List<ExitCode> codes = new ArrayList<>();
      if (names.isEmpty() && definitions.hasErrors()) {
        codes.add(ExitCode.CONFIGURATION);
      }
      Optional<Alarms> alarms =
          Alarms.of(definitions, console.environment(), InstantSource.system(), delivery -> {});
      RunListener listener = listener(alarms);
      List<Lane> lanes = lanes(jobs, workshop, listener, codes);
      PassReport report =
          new Pass(
                  workshop.kit(),
                  new Pass.Limits(
                      definitions.limits().runs(), definitions.limits().perJob(), noNewAfter),
                  stop,
                  listener)
              .run(lanes, order(jobs));
      alarms.ifPresent(told -> told.look(jobs));
      alarms.ifPresent(Alarms::close);
      codes.addAll(Reports.failures(report));
      if (options.json()) {
        report.outcomes().forEach(outcome -> console.json(Reports.document(outcome)));
      }
      tellSummary(report, codes);
      return (stop.isStopped() ? ExitCode.TRY_AGAIN : ExitCode.of(codes)).number();
    } finally {
      termination.close();
    }
  }

  private RunListener listener(Optional<Alarms> alarms) {
    RunListener progress = new Progress(console);
    return alarms.map(told -> RunListener.all(List.of(progress, told.listener()))).orElse(progress);
  }

  private void warnOfSchedule(Job job) {
    if (!job.isSnapshot() && job.schedule().isPresent()) {
      console.say(
          "warning: job '"
              + job.name()
              + "': its schedule has no effect here; 'run' takes a window as soon as it is due");
    }
  }

  /** Jobs whose destination opens; the others are told and counted. */
  private List<Lane> lanes(
      List<Job> jobs, Workshop workshop, RunListener listener, List<ExitCode> codes) {
    List<Lane> lanes = new ArrayList<>();
    for (Job job : jobs) {
      try {
        lanes.add(workshop.lane(force ? job.unguarded() : job));
      } catch (Failure failure) {
        listener.refused(job.name(), failure);
        codes.add(ExitCode.of(failure.kind()));
      }
    }
    return lanes;
  }

  private Order order(List<Job> jobs) throws Failure, Usage.WrongUsage {
    if (window == null) {
      return new Order(List.of(), Aim.SETTLE, now);
    }
    Window named = Selection.window(jobs.get(0), window);
    return Order.of(List.of(named), replace ? Aim.REPLACE : Aim.SETTLE);
  }

  private void tellSummary(PassReport report, List<ExitCode> codes) {
    if (report.outcomes().isEmpty() && codes.isEmpty()) {
      console.say("nothing due");
      return;
    }
    console.say(Reports.summary(report));
  }
}
