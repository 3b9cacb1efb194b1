package dev.tributary.plan;

import dev.tributary.job.History.Failed;
import dev.tributary.job.Job;
import java.time.Duration;
import java.time.Instant;

/** When a window that failed may be tried again. */
final class Backoff {

  private static final Duration FIRST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  private Backoff() {}

  /** Why it will be due again; whether it already is, {@link #over} says. */
  static Due.Reason reason(Failed failed, Job job) {
    return failed.lasting() && !failed.queryHash().equals(job.hashes().query())
        ? Due.Reason.QUERY_CHANGED
        : Due.Reason.RETRY;
  }

  static boolean over(Failed failed, Job job, Instant now) {
    return !failed.lasting()
        || !failed.queryHash().equals(job.hashes().query())
        || !now.isBefore(again(failed));
  }

  /** One hour after a first lasting failure, twice as long after each more, at most a day. */
  static Instant again(Failed failed) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(failed.times() - 1, 5));
    return failed.at().plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }
}
