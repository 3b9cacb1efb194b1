package dev.tributary.daemon;

import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.run.Lane;
import java.util.Collection;

/** What jobs run on. Safe for use by several threads. */
public interface Lanes {

  /** Opens what a job runs on, or gives what is open already. */
  Lane lane(Job job) throws Failure;

  /** Closes what none of these jobs needs; nothing else may be under way. */
  void keepOnly(Collection<Job> jobs);

  /** Breaks off every query that is under way; what has its rows already may finish. */
  void hangUp();
}
