package dev.tributary.plan;

import dev.tributary.job.Every;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows of the past that an operator wants made, oldest first.
 *
 * @param windows those to be made by this share
 * @param settled how many of the range this share leaves as they are
 * @param unfinished how many of the range have not ended yet, or not long enough ago
 */
public record Backfill(List<Window> windows, int settled, int unfinished) {

  public Backfill {
    windows = List.copyOf(windows);
  }

  /** Which windows of the range are made. */
  public enum Which {
    /** Those that are not settled. */
    MISSING,
    /** Those, and those that another query made. */
    STALE,
    /** Every one. */
    ALL
  }

  /**
   * One of several shares of a range. Windows go round by their place in it, so that shares stay
   * alike however many are settled.
   *
   * @param index counted from 0
   * @param count at least 1
   */
  public record Share(int index, int count) {

    public static final Share WHOLE = new Share(0, 1);

    public Share {
      if (index < 0 || index >= count) {
        throw new IllegalArgumentException("share " + index + " of " + count);
      }
    }
  }

  /**
   * The windows that lie whole within {@code [from, to)}.
   *
   * @param every length of the job's windows
   * @param delay of the job
   */
  public static Backfill of(
      Job job,
      Every every,
      Duration delay,
      History history,
      Instant from,
      Instant to,
      Instant now,
      Which which,
      Share share) {
    List<Window> windows = new ArrayList<>();
    int settled = 0;
    int unfinished = 0;
    int place = 0;
    Instant complete = now.minus(delay);
    for (Window window :
        (Iterable<Window>) WindowGrid.of(every, job.zone()).between(from, to)::iterator) {
      boolean others = place++ % share.count() != share.index();
      if (others) {
        continue;
      }
      if (window.end().isAfter(complete)) {
        unfinished++;
      } else if (isWanted(job, history, window, which)) {
        windows.add(window);
      } else {
        settled++;
      }
    }
    return new Backfill(windows, settled, unfinished);
  }

  private static boolean isWanted(Job job, History history, Window window, Which which) {
    History.Committed done = history.committed().get(window.start());
    if (done == null || !history.isSettled(window) || history.pending().contains(window)) {
      return true;
    }
    return switch (which) {
      case MISSING -> false;
      case STALE ->
          done.status() != History.Status.SKIPPED && !done.queryHash().equals(job.hashes().query());
      case ALL -> true;
    };
  }
}
