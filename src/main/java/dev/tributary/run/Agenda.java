package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.Due;
import dev.tributary.plan.Mode;
import dev.tributary.plan.Plan;
import dev.tributary.plan.Planner;
import dev.tributary.plan.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what a pass has to do for one job: asks the ledger, the clocks and the plan. */
final class Agenda {

  private final Lane lane;
  private final Job job;
  private final Order order;
  private final SourceClock clock;
  private final Kit kit;
  private final RunListener listener;
  private final Mode mode;
  private @Nullable Grid recorded;
  private int ours;

  /** What a pass has to do. */
  Agenda(Lane lane, Order order, SourceClock clock, Kit kit, RunListener listener) {
    this(lane, order, clock, kit, listener, Mode.RUN);
  }

  Agenda(Lane lane, Order order, SourceClock clock, Kit kit, RunListener listener, Mode mode) {
    this.lane = lane;
    this.job = lane.job();
    this.order = order;
    this.clock = clock;
    this.kit = kit;
    this.listener = listener;
    this.mode = mode;
  }

  /**
   * Windows to settle, in order. The source is asked for its clock only when ours says that
   * something is due.
   */
  LaneRun.Work work() throws Failure {
    History history = lane.ledger().history();
    listener.knew(job.name(), history);
    if (!order.windows().isEmpty()) {
      return new LaneRun.Work(history, named(order.windows(), history));
    }
    List<LaneRun.Task> tasks =
        due(history).stream().map(due -> new LaneRun.Task(due.window(), Aim.of(due))).toList();
    return new LaneRun.Work(history, tasks);
  }

  /** Everything that is due by what is known already, in order. */
  List<Due> due(History history) throws Failure {
    return job.isSnapshot() ? snapshots(history) : windows(history);
  }

  /** The grid, if it was recorded on this occasion. */
  Optional<Grid> recorded() {
    return Optional.ofNullable(recorded);
  }

  /** Windows that are due by our clock alone. */
  int ours() {
    return ours;
  }

  private List<Due> windows(History history) throws Failure {
    ours = plan(history, kit.clock().instant()).due().size();
    if (ours == 0) {
      return List.of();
    }
    Instant now = clock.judge(lane);
    Plan plan = plan(history, now);
    if (!plan.conflicts().isEmpty()) {
      listener.warned(
          job.name(),
          plan.conflicts().size()
              + " windows, the first "
              + plan.conflicts().get(0).window()
              + ", overlap committed ones of another grid and are never published");
    }
    if (!plan.due().isEmpty() && history.grid().isEmpty()) {
      recordGrid(plan, now);
    }
    List<Due> due = inOrder(plan.due(), history, now);
    warnOfLeaving(due.stream().filter(each -> !isRevisit(each)).map(Due::window).toList(), now);
    return due;
  }

  private Plan plan(History history, Instant now) throws Failure {
    Plan plan = Planner.due(job, history, now, mode);
    if (plan.problem().isPresent()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "cannot plan job '" + job.name() + "': " + plan.problem().orElseThrow());
    }
    return plan;
  }

  private void recordGrid(Plan plan, Instant now) throws Failure {
    if (job.windowing().isPresent() && plan.start().isPresent()) {
      recorded =
          lane.ledger()
              .recordGrid(
                  new Grid(
                      job.windowing().orElseThrow().every(),
                      job.zone(),
                      plan.start().orElseThrow(),
                      now));
    }
  }

  /**
   * What failed for good comes last, or it would end every pass before the windows behind it; what
   * the source is about to forget comes first, unless its window has been had already.
   */
  private List<Due> inOrder(List<Due> due, History history, Instant now) {
    List<Due> first = new ArrayList<>();
    List<Due> tasks = new ArrayList<>();
    List<Due> last = new ArrayList<>();
    for (Due each : due) {
      History.Failed failed = history.failures().get(each.window().start());
      boolean failsAgain = failed != null && failed.lasting();
      boolean leaving = !isRevisit(each) && isLeaving(each.window(), now);
      (failsAgain ? last : leaving ? first : tasks).add(each);
    }
    first.addAll(tasks);
    first.addAll(last);
    return first;
  }

  private static boolean isRevisit(Due due) {
    return due.reason() == Due.Reason.REVISIT;
  }

  private boolean isLeaving(Window window, Instant now) {
    return Retention.of(job).filter(kept -> kept.isLeaving(window, now)).isPresent();
  }

  /** A daemon, which looks every minute, tells it of each window when that one's turn comes. */
  private void warnOfLeaving(List<Window> windows, Instant now) {
    List<Window> leaving = windows.stream().filter(each -> isLeaving(each, now)).toList();
    if (mode != Mode.DAEMON && !leaving.isEmpty()) {
      Retention retention = Retention.of(job).orElseThrow();
      listener.warned(
          job.name(), retention.warning(leaving.size(), leaving.get(0)) + "; taken first");
    }
  }

  private List<Due> snapshots(History history) throws Failure {
    Instant now = kit.clock().instant();
    if (job.schedule().isPresent()) {
      return Planner.due(job, history, now, order.fresh() ? Mode.NOW : mode).due();
    }
    String definition = job.hashes().definition();
    Instant instant =
        order.fresh()
            ? lane.ledger().newSnapshotInstant(definition, now)
            : lane.ledger().snapshotInstant(definition, now);
    Window window = Window.at(instant);
    if (history.pending().contains(window)) {
      return List.of(new Due(window, Due.Reason.PENDING, instant));
    }
    return history.isSettled(window)
        ? List.of()
        : List.of(new Due(window, order.fresh() ? Due.Reason.ASKED : Due.Reason.NEW, instant));
  }

  private List<LaneRun.Task> named(List<Window> windows, History history) throws Failure {
    for (Window window : windows) {
      Optional<Window> conflict = history.conflictWith(window);
      if (conflict.isPresent()) {
        throw refused(window, "committed window " + conflict.orElseThrow() + " overlaps it");
      }
    }
    List<Window> ordered = new ArrayList<>(windows);
    boolean looked = order.aim() == Aim.SETTLE && windows.stream().allMatch(history::isSettled);
    if (!job.isSnapshot() && !looked) {
      Instant now = clock.judge(lane);
      for (Window window : windows) {
        if (window.end().isAfter(now)) {
          throw new Failure(
              Failure.Kind.TRY_AGAIN,
              "cannot run window " + window + " of job '" + job.name() + "': it has not ended yet");
        }
      }
      recordGrid(plan(history, now), now);
      warnOfLeaving(windows.stream().filter(each -> !history.isSettled(each)).toList(), now);
      ordered.sort(Comparator.comparing(each -> history.isSettled(each) || !isLeaving(each, now)));
    }
    return ordered.stream().map(window -> new LaneRun.Task(window, aim(window, history))).toList();
  }

  /** Of several windows to replace, those that are open are settled: a rival may be at them. */
  private Aim aim(Window window, History history) {
    if (order.aim() == Aim.SETTLE && history.pending().contains(window)) {
      return Aim.RESUME;
    }
    boolean open = order.windows().size() > 1 && !history.isSettled(window);
    return open ? Aim.SETTLE : order.aim();
  }

  private Failure refused(Window window, String why) {
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot run window " + window + " of job '" + job.name() + "': " + why);
  }
}
