package dev.tributary.plan;

import dev.tributary.job.Durations;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a source that forgets means for windows: it answers a query by what it still has, and says
 * nothing of the rest.
 *
 * @param kept how long the source keeps rows
 */
public record Retention(Duration kept) {

  /** Longest time before the source forgets rows that a window counts as leaving. */
  private static final Duration SOON = Duration.ofDays(1);

  /** That of a job with windows; absent when the operator said nothing. */
  public static Optional<Retention> of(Job job) {
    return job.isSnapshot() ? Optional.empty() : job.ages().retention().map(Retention::new);
  }

  /** Whether the window's first rows are forgotten within {@link #notice}. */
  public boolean isLeaving(Window window, Instant now) {
    Instant forgotten = window.start().plus(kept);
    return forgotten.isAfter(now) && !forgotten.minus(notice()).isAfter(now);
  }

  /** How long before its first rows are forgotten a window counts as leaving. */
  public Duration notice() {
    Duration tenth = kept.dividedBy(10);
    return tenth.compareTo(SOON) < 0 ? tenth : SOON;
  }

  /** Whether the window's first rows were forgotten already when it was queried. */
  public boolean hasCut(Window window, Instant queried) {
    return window.start().plus(kept).isBefore(queried);
  }

  /**
   * What an operator should know of windows that are leaving.
   *
   * @param windows how many, at least 1
   */
  public String warning(int windows, Window first) {
    return (windows == 1
            ? "window " + first + " is"
            : windows + " windows, the first " + first + ", are")
        + " about to leave the source's retention of "
        + this
        + ": first rows are forgotten at "
        + first.start().plus(kept);
  }

  /** How long rows are kept, as an operator writes it. */
  @Override
  public String toString() {
    return Durations.text(kept);
  }
}
