package dev.tributary.definition;

import java.time.Duration;
import java.util.Locale;

/** Reads durations as operators write them: one whole number and one of s, m, h, d. */
public final class DurationText {

  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final String FORM = "write one whole number and one of s, m, h, d, such as '90s'";

  private DurationText() {}

  /**
   * Reads {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}; from zero to {@code 36500d}.
   *
   * @param text without surrounding white space
   */
  public static Parsed<Duration> parse(String text) {
    NumberAndUnit read = NumberAndUnit.of(text);
    if (read.digits().isEmpty()) {
      return Parsed.refused(0, text.length(), "'" + text + "' is not a duration; " + FORM);
    }
    if (read.unit().isEmpty()) {
      return Parsed.refused(
          text.length(), 0, "duration '" + text + "' has no unit; " + FORM);
    }
    Duration unit = unit(read.unit());
    if (unit.isZero()) {
      return Parsed.refused(
          read.digits().length(),
          read.unit().length(),
          "'" + read.unit() + "' is not a unit of durations" + hint(text, read) + "; " + FORM);
    }
    // a number of ten digits and more would be beyond the longest in any unit
    if (read.digits().length() > 12 || exceeds(Long.parseLong(read.digits()), unit)) {
      return Parsed.refused(
          0, text.length(), "duration must be at most 36500d, but was '" + text + "'");
    }
    return Parsed.of(unit.multipliedBy(Long.parseLong(read.digits())));
  }

  private static boolean exceeds(long count, Duration unit) {
    return count > LONGEST.dividedBy(unit);
  }

  private static Duration unit(String text) {
    return switch (text) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ZERO;
    };
  }

  private static String hint(String text, NumberAndUnit read) {
    String unit = read.unit().strip().toLowerCase(Locale.ROOT);
    String known =
        switch (unit) {
          case "s", "sec", "secs", "second", "seconds" -> "s";
          case "m", "min", "mins", "minute", "minutes" -> "m";
          case "h", "hr", "hrs", "hour", "hours" -> "h";
          case "d", "day", "days" -> "d";
          default -> "";
        };
    if (!known.isEmpty()) {
      return "; did you mean '" + read.digits() + known + "'?";
    }
    return text.chars().filter(c -> c >= 'a').count() > 1
            && unit.chars().anyMatch(c -> c >= '0' && c <= '9')
        ? ", and a duration has only one number"
        : "";
  }
}
