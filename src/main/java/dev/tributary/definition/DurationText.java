package dev.tributary.definition;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

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
      return Parsed.refused(text.length(), 0, "duration '" + text + "' has no unit; " + FORM);
    }
    Optional<Duration> unit = unit(read.unit());
    if (unit.isEmpty()) {
      return Parsed.refused(
          read.digits().length(),
          read.unit().length(),
          "'" + read.unit().strip() + "' is not a unit of durations" + hint(read));
    }
    if (read.digits().length() > 18
        || Long.parseLong(read.digits()) > LONGEST.dividedBy(unit.get())) {
      return Parsed.refused(
          0, text.length(), "duration must be at most 36500d, but was '" + text + "'");
    }
    return Parsed.of(unit.get().multipliedBy(Long.parseLong(read.digits())));
  }

  private static Optional<Duration> unit(String text) {
    return switch (text) {
      case "s" -> Optional.of(Duration.ofSeconds(1));
      case "m" -> Optional.of(Duration.ofMinutes(1));
      case "h" -> Optional.of(Duration.ofHours(1));
      case "d" -> Optional.of(Duration.ofDays(1));
      default -> Optional.empty();
    };
  }

  private static String hint(NumberAndUnit read) {
    String known =
        switch (read.unit().strip().toLowerCase(Locale.ROOT)) {
          case "s", "sec", "secs", "second", "seconds" -> "s";
          case "m", "min", "mins", "minute", "minutes" -> "m";
          case "h", "hr", "hrs", "hour", "hours" -> "h";
          case "d", "day", "days" -> "d";
          default -> "";
        };
    return known.isEmpty() ? "; " + FORM : "; did you mean '" + read.digits() + known + "'?";
  }
}
