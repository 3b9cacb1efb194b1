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
}
