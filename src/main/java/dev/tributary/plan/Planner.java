package dev.tributary.plan;

import dev.tributary.job.History;
import dev.tributary.job.Job;
import java.time.Instant;
import java.util.Optional;

/** What is due, as a pure function of a job, its history and an instant. */
public final class Planner {

  private Planner() {}

  /**
   * What a window job, or a snapshot job with a schedule, has to do.
   *
   * @param now the earlier of our clock and the source's
   */
  public static Plan due(Job job, History history, Instant now, Mode mode) {
    return due(job, history, Optional.empty(), now, mode);
  }

  /**
   * What any job has to do.
   *
   * @param recorded the instant recorded for this definition of a snapshot job without schedule;
   *     absent before its first run, and without effect on other jobs
   * @param now the earlier of our clock and the source's
   */
  public static Plan due(
      Job job, History history, Optional<Instant> recorded, Instant now, Mode mode) {
    return job.windowing()
        .map(windowing -> WindowPlan.of(job, windowing, history, now).due(mode))
        .orElseGet(() -> new SnapshotPlan(job, history, recorded).due(now, mode));
  }

  /**
   * Until when a look by {@link Mode#DAEMON} finds nothing that it did not find at {@code now}, as
   * long as job and history stay the same; {@link Instant#MAX} when it never will.
   */
  public static Instant quietUntil(Job job, History history, Instant now) {
    Instant quiet = nextFallsDue(job, now);
    for (History.Failed failed : history.failures().values()) {
      Instant again = Backoff.again(failed);
      if (failed.lasting() && again.isAfter(now) && again.isBefore(quiet)) {
        quiet = again;
      }
    }
    Instant revisit = new Revisits(job, history, now).next();
    return revisit.isBefore(quiet) ? revisit : quiet;
  }

  /** When a window that failed for good is due again, if its query stays as it is. */
  public static Instant dueAgain(History.Failed failed) {
    return Backoff.again(failed);
  }

  private static Instant nextFallsDue(Job job, Instant now) {
    if (job.schedule().isPresent()) {
      return CronFires.next(job.schedule().get(), job.zone(), now).orElse(Instant.MAX);
    }
    if (job.windowing().isEmpty()) {
      return Instant.MAX;
    }
    Job.Windowing windowing = job.windowing().get();
    WindowGrid grid = WindowGrid.of(windowing.every(), job.zone());
    return grid.containing(now.minus(windowing.delay())).end().plus(windowing.delay());
  }
}
