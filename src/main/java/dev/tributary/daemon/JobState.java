package dev.tributary.daemon;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One job of a running daemon. Immutable.
 *
 * @param job its name
 * @param next the next windows, or snapshots, to come and when the daemon makes them
 * @param running windows being settled now
 * @param waiting windows that are due, in the order in which they will be taken; at most {@link
 *     #MOST_WAITING}
 * @param due how many windows are due, running ones included
 * @param lastCompleteEnd end of the newest settled window; of a snapshot, its instant; absent when
 *     there is none, or the history is not known yet
 * @param maxAge age of that end from which on the job counts as silent
 * @param past what else the history tells; absent when it is not known yet
 * @param failure the last failure, until a window of the job is settled
 * @param problem why nothing of the job can be planned at all
 */
public record JobState(
    JobName job,
    List<Fire> next,
    List<Running> running,
    List<Waiting> waiting,
    int due,
    Optional<Instant> lastCompleteEnd,
    Optional<Duration> maxAge,
    Optional<Past> past,
    Optional<LastFailure> failure,
    Optional<String> problem) {

  /** Most windows listed as waiting. */
  public static final int MOST_WAITING = 20;

  public JobState {
    next = List.copyOf(next);
    running = List.copyOf(running);
    waiting = List.copyOf(waiting);
  }

  /**
   * What the history tells of windows that are not there.
   *
   * @param failing windows whose last try failed
   * @param givenUp windows that dropped out of the catch-up before they were settled, as of the
   *     last reading
   * @param missing windows that are due and not settled, running and failed ones included
   */
  public record Past(int failing, int givenUp, int missing) {}

  /**
   * A window to come.
   *
   * @param at when it will be made, with the offset in force then; absent if its schedule never
   *     fires
   */
  public record Fire(Window window, Optional<OffsetDateTime> at) {}

  /**
   * A window being settled.
   *
   * @param began when its turn began, retries included
   * @param rows so far in the present try, if known
   */
  public record Running(Window window, Instant began, OptionalLong rows) {}

  /**
   * A window that is due.
   *
   * @param reason why, one lower-case word or two
   * @param since when it fell due
   */
  public record Waiting(Window window, String reason, Instant since) {}

  /**
   * A failure and what follows.
   *
   * @param window that failed; absent when the job could not be planned
   * @param kind what went wrong
   * @param reason the failure's sentence
   * @param at when
   * @param times failures of the job in a row
   * @param nextTry when the job is taken up again at the earliest
   */
  public record LastFailure(
      Optional<Window> window,
      Failure.Kind kind,
      String reason,
      Instant at,
      int times,
      Instant nextTry) {}
}
