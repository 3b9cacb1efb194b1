package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Duration;

/** Hears what a pass does, from several threads at once; must not fail and must not linger. */
public interface RunListener {

  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** A job's due windows are known. */
  default void planned(JobName job, int windows) {}

  /** A window is being settled. */
  default void began(JobName job, Window window) {}

  /** A try failed and the next one follows after a pause. */
  default void retrying(JobName job, Window window, Failure failure, Duration pause) {}

  /** A window was settled or given up for this pass. */
  default void ended(Outcome outcome) {}

  /** A job could not be planned or begun at all. */
  default void refused(JobName job, Failure failure) {}

  /** Something an operator should know, which stops nothing. */
  default void warned(JobName job, String message) {}
}
