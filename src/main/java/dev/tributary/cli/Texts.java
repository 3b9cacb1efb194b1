package dev.tributary.cli;

import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How facts are spelled for people. */
final class Texts {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Texts() {}

  /** {@code 2026-11-21T23:00:00Z/2026-11-22T23:00:00Z}, or the one instant of a snapshot. */
  static String window(Window window) {
    return window.isInstant() ? window.start().toString() : window.start() + "/" + window.end();
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** {@code in 5m}, {@code 2h ago}: see {@link #roughly}. */
  static String distance(Instant from, Instant to) {
    Duration distance = Duration.between(from, to);
    String text = roughly(distance.abs());
    return distance.isNegative() ? text + " ago" : "in " + text;
  }

  /** A duration as people say it: {@code 119m}, {@code 47h}, {@code 2d}. */
  static String roughly(Duration duration) {
    long minutes = duration.toMinutes();
    return minutes >= 2880
        ? minutes / 1440 + "d"
        : minutes >= 120 ? minutes / 60 + "h" : minutes + "m";
  }
}
