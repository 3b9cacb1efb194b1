package dev.tributary.daemon;

import dev.tributary.job.JobName;
import java.time.Instant;

/**
 * Has a job looked at at an instant. A tick that is lost, late or doubled does no harm, for all
 * jobs are looked at again and again anyway.
 */
interface Ticks {

  /** Nobody ticks. */
  Ticks NONE = (job, at) -> {};

  /** Looks at the job at this instant, instead of any that was set before. */
  void set(JobName job, Instant at);
}
