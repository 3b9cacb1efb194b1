package dev.tributary.cli;

import dev.tributary.definition.DurationText;
import dev.tributary.definition.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** What an operator types after an option. */
final class Usage {

  private Usage() {}

  /** The command line itself is wrong: exit code 64. */
  static WrongUsage wrong(String message) {
    return new WrongUsage(message);
  }

  static Duration duration(String option, String text) throws WrongUsage {
    Parsed<Duration> parsed = DurationText.parse(text);
    if (parsed.finding().isPresent()) {
      throw wrong(option + ": " + parsed.finding().orElseThrow().message());
    }
    return parsed.value().orElseThrow();
  }

  static Instant instant(String option, String text) throws WrongUsage {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(
          option + " must be an instant such as 2026-11-23T02:15:00Z, but was '" + text + "'");
    }
  }

  /** Thrown up to the one place that maps it to code 64. */
  static final class WrongUsage extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    WrongUsage(String message) {
      super(message);
      this.sentence = message;
    }

    String sentence() {
      return sentence;
    }
  }
}
