package dev.tributary.job;

import java.time.Duration;

/** Durations as operators write them, {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}. */
public final class Durations {

  private Durations() {}

  /** The shortest text that reads back as exactly this duration; at least nanosecond precision. */
  public static String text(Duration duration) {
    long seconds = duration.getSeconds();
    if (duration.getNano() != 0) {
      return duration.toNanos() % 1_000_000 == 0
          ? duration.toMillis() + "ms"
          : duration.toNanos() + "ns";
    }
    if (seconds != 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds != 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    if (seconds != 0 && seconds % 60 == 0) {
      return seconds / 60 + "m";
    }
    return seconds + "s";
  }
}
