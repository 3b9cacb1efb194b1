package dev.tributary.run;

import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what each stage of a window takes. Confined to one thread. */
final class Stopwatch {

  private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
  private @Nullable Stage stage;
  private long since;

  /** Ends the stage before, if any, and begins this one. */
  void enter(Stage next) {
    long now = System.nanoTime();
    credit(now);
    stage = next;
    since = now;
  }

  /** Ends the last stage, and tells of every stage that was entered. */
  void tell(RunListener listener, JobName job, Window window) {
    credit(System.nanoTime());
    stage = null;
    nanos.forEach((each, time) -> listener.took(job, window, each, Duration.ofNanos(time)));
  }

  private void credit(long now) {
    if (stage != null) {
      nanos.merge(stage, now - since, Long::sum);
    }
  }
}
