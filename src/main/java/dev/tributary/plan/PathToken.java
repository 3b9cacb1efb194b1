package dev.tributary.plan;

import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/**
 * A piece of a path template.
 *
 * @param text the literal, or the pattern as written
 * @param pattern how a bound is written in the job's zone; absent for the whole instant in UTC
 */
record PathToken(Kind kind, String text, Optional<DateTimeFormatter> pattern) {

  enum Kind {
    LITERAL,
    JOB,
    START,
    END,
    EXT
  }

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String SAFE = "-_.=+";

  static PathToken of(Kind kind) {
    return new PathToken(kind, "", Optional.empty());
  }

  static PathToken literal(String text) {
    return new PathToken(Kind.LITERAL, text, Optional.empty());
  }

  boolean isEnd() {
    return kind == Kind.END;
  }

  boolean isBound() {
    return kind == Kind.START || kind == Kind.END;
  }

  boolean isWholeBound() {
    return isBound() && pattern.isEmpty();
  }

  String render(JobName job, Window window, ZoneId zone, String extension) {
    return switch (kind) {
      case LITERAL -> text;
      case JOB -> job.value();
      case START -> bound(window.start(), zone);
      case END -> bound(window.isInstant() ? window.start() : window.end(), zone);
      case EXT -> encoded(extension);
    };
  }

  private String bound(Instant instant, ZoneId zone) {
    return pattern
        .map(formatter -> encoded(formatter.format(instant.atZone(zone))))
        .orElseGet(() -> instantText(instant));
  }

  private static String instantText(Instant instant) {
    String seconds = SECONDS.format(instant);
    int nanos = instant.get(ChronoField.NANO_OF_SECOND);
    if (nanos == 0) {
      return seconds + "Z";
    }
    String digits = String.format(Locale.ROOT, "%09d", nanos);
    return seconds + "." + digits.replaceFirst("(000)+$", "") + "Z";
  }

  /** The operator wrote the pattern, so that its slashes are folders; nothing else is special. */
  private static String encoded(String value) {
    StringBuilder result = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      if (character < 0x80
          && (Character.isLetterOrDigit(character)
              || character == '/'
              || SAFE.indexOf(character) >= 0)) {
        result.append(character);
      } else {
        result.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
      }
    }
    return result.toString();
  }
}
