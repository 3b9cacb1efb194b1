package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.time.Duration;
import java.util.Random;

/**
 * Tries a window again while that may help: the whole window each time, after a pause drawn
 * uniformly from zero to a bound that doubles from a second to a minute, so that writers that
 * failed together do not come back together.
 */
final class Retrying {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Waits between two tries; a {@link StopSignal} in the program, a clock's hand in tests. */
  @FunctionalInterface
  interface Pause {
    /** Returns whether to stop instead of trying again. */
    boolean wait(Duration longest);
  }

  private final Pause pause;
  private final Random random;
  private final RunListener listener;

  Retrying(Pause pause, Random random, RunListener listener) {
    this.pause = pause;
    this.random = random;
    this.listener = listener;
  }

  Outcome settle(Pipeline pipeline, Job job, Window window, Aim aim) {
    for (int attempt = 1; ; attempt++) {
      try {
        return pipeline.execute(window, aim, listener);
      } catch (Failure failure) {
        if (!failure.kind().retryable() || attempt > job.retries()) {
          return new Outcome.Failed(job.name(), window, failure, attempt);
        }
        Duration wait = draw(attempt);
        listener.retrying(job.name(), window, failure, wait);
        if (pause.wait(wait)) {
          return new Outcome.Failed(job.name(), window, failure, attempt);
        }
      }
    }
  }

  private Duration draw(int attempt) {
    long bound = FIRST.toMillis() << Math.min(attempt - 1, 20);
    return Duration.ofMillis((long) (random.nextDouble() * Math.min(bound, LONGEST.toMillis())));
  }
}
