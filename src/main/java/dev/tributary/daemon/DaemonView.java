package dev.tributary.daemon;

import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks at a running daemon, without touching it: no question takes a call to a source or a
 * destination. Safe for use by several threads.
 */
public interface DaemonView {

  /** The daemon as it is now. */
  DaemonState state();

  /** A job's windows as the daemon knows them; empty if it does not know them yet, or the job. */
  Optional<History> history(JobName job);

  /** When a window that failed is tried again, unless its definition changes before. */
  Optional<Instant> nextTry(JobName job, Window window);
}
