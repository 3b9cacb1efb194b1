package dev.tributary.run;

import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Adds up what each stage of a window takes. Confined to one thread. */
final class Stopwatch {

  private final long[] nanos = new long[Stage.values().length];
  private @Nullable Stage stage;
  private long since;

  /** Ends the stage before, if any, and begins this one. */
  void enter(Stage next) {
    long now = System.nanoTime();
    credit(now);
    stage = next;
    since = now;
  }

  /** Ends the last stage, and tells of every stage that took any time. */
  void tell(RunListener listener, JobName job, Window window) {
    credit(System.nanoTime());
    stage = null;
    for (Stage each : Stage.values()) {
      if (nanos[each.ordinal()] > 0) {
        listener.took(job, window, each, Duration.ofNanos(nanos[each.ordinal()]));
      }
    }
  }

  private void credit(long now) {
    if (stage != null) {
      nanos[stage.ordinal()] += now - since;
    }
  }
}
