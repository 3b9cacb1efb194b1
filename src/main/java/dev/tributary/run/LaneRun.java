package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One job's part of a pass: what is due, then window after window, on as many threads as call
 * {@link #settleAll}. The first window that fails ends it, for what failed one window of a job is
 * likely to fail the next, and the source has others to serve.
 */
final class LaneRun {

  private final Lane lane;
  private final Order order;
  private final Semaphore source;
  private final SourceClock clock;
  private final Retrying retrying;
  private final BooleanSupplier mayBegin;
  private final Kit kit;
  private final RunListener listener;
  private final Settling settling;

  private final Deque<Task> waiting = new ArrayDeque<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private @Nullable Failure refusal;
  private History known = History.NONE;
  private boolean ended;

  /** A window and what to do about it. */
  record Task(Window window, Aim aim) {}

  /**
   * What is to be done, and what was known when that was decided.
   *
   * @param tasks in order
   */
  record Work(History known, List<Task> tasks) {}

  LaneRun(
      Lane lane,
      Order order,
      Semaphore source,
      SourceClock clock,
      Retrying retrying,
      BooleanSupplier mayBegin,
      Kit kit,
      RunListener listener) {
    this.lane = lane;
    this.order = order;
    this.source = source;
    this.clock = clock;
    this.retrying = retrying;
    this.mayBegin = mayBegin;
    this.kit = kit;
    this.listener = listener;
    this.settling = new Settling(kit, listener);
  }

  /** Finds out what is to be done; a job that cannot be planned is refused, not thrown. */
  @Nullable Void plan() {
    try {
      Work work = new Agenda(lane, order, clock, kit, listener).work();
      synchronized (this) {
        known = work.known();
        waiting.addAll(work.tasks());
      }
      listener.planned(job(), work.tasks().size());
    } catch (Failure failure) {
      synchronized (this) {
        refusal = failure;
      }
      listener.refused(job(), failure);
    }
    return null;
  }

  /** Settles windows until none is left, the job's pass has ended, or it is time to stop. */
  @Nullable Void settleAll() throws InterruptedException {
    for (Optional<Task> next = take(); next.isPresent(); next = take()) {
      Task task = next.orElseThrow();
      source.acquire();
      try {
        Settling.Turn turn = settling.settle(lane, task.window(), aim(task), known(), retrying);
        listener.ended(turn.outcome());
        ended(turn.outcome());
      } finally {
        source.release();
      }
    }
    return null;
  }

  /**
   * What is to be done now. The history that the task was made from may be older than what another
   * process, or this one before it was interrupted, replaced since.
   */
  private Aim aim(Task task) {
    Window window = task.window();
    if (task.aim() != Aim.REPLACE || order.kept().isEmpty()) {
      return task.aim();
    }
    try {
      if (lane.ledger().newest(window).filter(order.kept().orElseThrow()).isPresent()) {
        return known().pending().contains(window) ? Aim.RESUME : Aim.SETTLE;
      }
    } catch (Failure failure) {
      // its turn meets the same and knows what follows; what is replaced once more is right, too
    }
    return task.aim();
  }

  /** Writes down the job's history, so that the next pass reads one object; a hint, no more. */
  @Nullable Void index() {
    List<History.Committed> settled = settled();
    if (!settled.isEmpty()) {
      try {
        lane.ledger().writeIndex(lane.ledger().history().with(settled));
      } catch (Failure failure) {
        listener.warned(job(), failure.sentence());
      }
    }
    return null;
  }

  private List<History.Committed> settled() {
    List<History.Committed> settled = new ArrayList<>();
    outcomes().forEach(outcome -> Settling.committed(outcome).ifPresent(settled::add));
    return settled;
  }

  private synchronized Optional<Task> take() {
    return ended || !mayBegin.getAsBoolean()
        ? Optional.empty()
        : Optional.ofNullable(waiting.poll());
  }

  private synchronized void ended(Outcome outcome) {
    outcomes.add(outcome);
    if (Settling.failure(outcome).filter(why -> why.kind() != Failure.Kind.TRY_AGAIN).isPresent()) {
      ended = true;
    }
  }

  private synchronized History known() {
    return known;
  }

  JobName job() {
    return lane.job().name();
  }

  synchronized List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  synchronized Optional<Failure> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Windows that were due and were not tried. */
  synchronized int left() {
    return waiting.size();
  }
}
