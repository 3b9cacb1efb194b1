package dev.tributary.daemon;

import dev.tributary.job.Job;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the definitions ask of a daemon. Immutable.
 *
 * @param jobs the sound ones
 * @param broken names of the others
 * @param mistakes what is wrong with them, one line each, with its place
 * @param limits how much runs at once
 * @param pace how often, and how long at the end
 */
public record JobSet(
    List<Job> jobs, Set<String> broken, List<String> mistakes, Limits limits, Pace pace) {

  public JobSet {
    jobs = List.copyOf(jobs);
    broken = Set.copyOf(broken);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * How much runs at once.
   *
   * @param runs windows, over all jobs
   * @param perJob windows of one job
   */
  public record Limits(int runs, int perJob) {}

  /**
   * How often, and how long at the end.
   *
   * @param reconcile between two looks at all jobs
   * @param grace for windows under way when the daemon is stopped
   */
  public record Pace(Duration reconcile, Duration grace) {}
}
