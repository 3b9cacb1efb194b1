package dev.tributary.plan;

import dev.tributary.job.History;
import dev.tributary.job.History.Committed;
import dev.tributary.job.History.Failed;
import dev.tributary.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Which settled windows are to be looked at again for late data. A window is looked at once its end
 * and an age of {@code revisit} have passed, if it was not settled or looked at since; and no more
 * once another such age, at least a day, has gone by, so that an age that is new never floods the
 * source. Left alone are windows that another query made, which {@code backfill --stale} is for,
 * those that were skipped, and those whose rows the source has begun to forget.
 */
record Revisits(Job job, History history, Instant now) {

  private static final Duration SHORTEST_GRACE = Duration.ofDays(1);

  /** Windows whose time to be looked at again has come, oldest first, each once. */
  List<Due> due() {
    if (job.revisit().isEmpty() || history.committed().isEmpty()) {
      return List.of();
    }
    List<Due> due = new ArrayList<>();
    for (Committed settled : within(now.minus(reach()), now).values()) {
      job.revisit().stream()
          .filter(age -> isDue(settled, age))
          .max(Duration::compareTo)
          .ifPresent(
              age ->
                  due.add(
                      new Due(
                          settled.window(), Due.Reason.REVISIT, settled.window().end().plus(age))));
    }
    return due;
  }

  /** When the next window comes to an age; {@link Instant#MAX} when none does. */
  Instant next() {
    Instant next = Instant.MAX;
    for (Duration age : job.revisit()) {
      for (Committed settled : within(now.minus(age), now).values()) {
        Instant comes = settled.window().end().plus(age);
        if (comes.isAfter(now)) {
          next = comes.isBefore(next) ? comes : next;
          break;
        }
      }
    }
    return next;
  }

  /** Until when a look at an age that is asked for now may still be made. */
  private Duration reach() {
    return job.revisit().stream().map(Revisits::lapse).max(Duration::compareTo).orElseThrow();
  }

  /** How long after a window's end the look at an age is given up. */
  private static Duration lapse(Duration age) {
    return age.plus(age.compareTo(SHORTEST_GRACE) > 0 ? age : SHORTEST_GRACE);
  }

  /** Settled windows from the one that holds an instant, or ended last before it. */
  private NavigableMap<Instant, Committed> within(Instant from, Instant until) {
    Map.Entry<Instant, Committed> first = history.committed().floorEntry(from);
    Instant start = first == null ? from : first.getKey();
    return history.committed().subMap(start, true, until, true);
  }

  private boolean isDue(Committed settled, Duration age) {
    Instant end = settled.window().end();
    if (end.plus(age).isAfter(now) || !end.plus(lapse(age)).isAfter(now)) {
      return false;
    }
    if (settled.status() == History.Status.SKIPPED
        || !settled.queryHash().equals(job.hashes().query())
        || isForgotten(settled)) {
      return false;
    }
    Failed failed = history.failures().get(settled.window().start());
    return !history.isLookedAt(settled, age)
        && (failed == null || Backoff.over(failed, job, now))
        && !history.pending().contains(settled.window());
  }

  private boolean isForgotten(Committed settled) {
    return Retention.of(job).filter(kept -> kept.hasCut(settled.window(), now)).isPresent();
  }
}
