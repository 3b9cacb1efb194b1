package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import java.util.List;
import java.util.Map;

/**
 * What a pass amounts to.
 *
 * @param outcomes of every window that was tried
 * @param refusals jobs that could not be planned or begun, with the reason
 * @param left windows that were due and not tried, for want of time or because the job's pass ended
 * @param bugs threads that ended by a mistake of ours; each was logged with its stack
 */
public record PassReport(
    List<Outcome> outcomes, Map<JobName, Failure> refusals, int left, int bugs) {

  public PassReport {
    outcomes = List.copyOf(outcomes);
    refusals = Map.copyOf(refusals);
  }
}
