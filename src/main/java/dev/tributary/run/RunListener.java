package dev.tributary.run;

import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Duration;
import java.util.List;

/** Hears what a pass does, from several threads at once; must not fail and must not linger. */
public interface RunListener {

  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** Several listeners as one, told in this order. */
  static RunListener all(List<RunListener> listeners) {
    return new Chorus(listeners);
  }

  /** A job's history was read, before anything of it is planned. */
  default void knew(JobName job, History history) {}

  /** A job's due windows are known. */
  default void planned(JobName job, int windows) {}

  /** A window is being settled. */
  default void began(JobName job, Window window) {}

  /** More rows of a window were written: so many in the present try. */
  default void wrote(JobName job, Window window, long rows) {}

  /** A try is over, well or not, and spent this time in a stage. */
  default void took(JobName job, Window window, Stage stage, Duration time) {}

  /** A try failed and the next one follows after a pause. */
  default void retrying(JobName job, Window window, Failure failure, Duration pause) {}

  /**
   * The server refused so much of a window at once, and is asked for the two halves instead.
   *
   * @param refusal says why; of kind {@code TOO_LARGE} or {@code TOO_SLOW}
   */
  default void split(JobName job, Window window, Window earlier, Window later, Failure refusal) {}

  /**
   * A second look at a settled window found other rows, which are about to replace what is there.
   */
  default void drifted(JobName job, Window window, Drift drift) {}

  /** A second look at a settled window ended so; told before {@link #ended}. */
  default void revisited(Outcome outcome) {}

  /** A window was settled or given up for this pass. */
  default void ended(Outcome outcome) {}

  /** A job could not be planned or begun at all. */
  default void refused(JobName job, Failure failure) {}

  /** Something an operator should know, which stops nothing. */
  default void warned(JobName job, String message) {}
}
