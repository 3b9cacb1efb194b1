package dev.tributary.daemon;

import java.time.Duration;
import java.util.Random;

/** How long a job that failed is left alone. */
final class Pauses {

  /** The longest a job is left alone. */
  static final Duration LONGEST = Duration.ofMinutes(15);

  private static final Duration FIRST = Duration.ofSeconds(30);

  private Pauses() {}

  /** Half a minute after the first failure, doubling to a quarter of an hour, less up to a half. */
  static Duration after(int failures, Random random) {
    Duration bound = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    Duration capped = bound.compareTo(LONGEST) > 0 ? LONGEST : bound;
    return Duration.ofMillis((long) (capped.toMillis() * (0.5 + random.nextDouble() / 2)));
  }
}
