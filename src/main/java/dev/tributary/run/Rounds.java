package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.plan.Due;
import dev.tributary.plan.Mode;
import dev.tributary.plan.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The steps of a pass one by one, for a process that keeps going and decides itself which window
 * comes when. Safe for use by several threads.
 */
public final class Rounds {

  private final Kit kit;
  private final SourceClock clock;
  private final Random random;
  private final RunListener listener;
  private final Settling settling;

  /**
   * @param random draws the pauses between tries
   */
  public Rounds(Kit kit, SourceClock clock, Random random, RunListener listener) {
    this.kit = kit;
    this.clock = clock;
    this.random = random;
    this.listener = listener;
    this.settling = new Settling(kit, listener);
  }

  /**
   * What a look at one job found.
   *
   * @param due windows to settle, oldest first, those that failed for good last
   * @param history as it is now known, the grid included if it was recorded on this occasion
   * @param held whether something is due by our clock that is not by the source's
   */
  public record Found(List<Due> due, History history, boolean held) {}

  /**
   * What of a job is due by the clocks of both sides, for a daemon. The source is asked only when
   * something is due by ours.
   *
   * @param history as known; it may lack windows that others settled
   */
  public Found look(Lane lane, History history) throws Failure {
    listener.knew(lane.job().name(), history);
    Agenda agenda = new Agenda(lane, Order.DUE, clock, kit, listener, Mode.DAEMON);
    List<Due> due = agenda.due(history);
    listener.planned(lane.job().name(), due.size());
    return new Found(
        due, agenda.recorded().map(history::on).orElse(history), agenda.ours() > due.size());
  }

  /**
   * What a turn came to.
   *
   * @param outcome to be told of by {@link #ended}; absent if there is none, for a mistake of ours
   * @param settled what to add to the history; absent if the window failed
   * @param failure why the window stays open
   * @param noted the failure as it was written down
   */
  public record Turn(
      Optional<Outcome> outcome,
      Optional<History.Committed> settled,
      Optional<Failure> failure,
      Optional<History.Failed> noted) {}

  /**
   * Settles a window, tries included. The listener hears of the end by {@link #ended} alone, so
   * that whoever decides what follows can decide it before.
   *
   * @param pause waits between two tries, and returns true to give up instead
   */
  public Turn settle(Lane lane, Due due, History history, Predicate<Duration> pause) {
    Retrying retrying = new Retrying(pause::test, random, listener);
    Window window = due.window();
    Instant now = kit.clock().instant();
    Retention.of(lane.job())
        .filter(kept -> kept.isLeaving(window, now))
        .ifPresent(kept -> listener.warned(lane.job().name(), kept.warning(1, window)));
    Settling.Turn turn = settling.settle(lane, window, Aim.of(due), history, retrying);
    Optional<Failure> failure = Settling.failure(turn.outcome());
    return new Turn(
        Optional.of(turn.outcome()), Settling.committed(turn.outcome()), failure, turn.noted());
  }

  /** Tells how a turn ended. */
  public void ended(Turn turn) {
    turn.outcome().ifPresent(listener::ended);
  }

  /** Tells that nothing of a job can be done, and why. */
  public void refused(JobName job, Failure failure) {
    listener.refused(job, failure);
  }
}
