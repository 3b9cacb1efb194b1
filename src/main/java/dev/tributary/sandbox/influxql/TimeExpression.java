package dev.tributary.sandbox.influxql;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Makes an instant of constants: {@code now() - 1h}, {@code '2022-01-01' + 1d}. A text without a
 * zone is read in the query's zone; one that occurs twice there is the earlier, one that never
 * occurs there is no timestamp.
 */
final class TimeExpression
    implements Expression.Cases<TimeExpression.Amount, TimeExpression.Invalid> {

  private static final DateTimeFormatter LOCAL =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter OFFSET =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final long now;
  private final ZoneId zone;

  TimeExpression(long now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** What a part of the expression is. */
  enum Nature {
    INSTANT,
    LENGTH,
    NUMBER
  }

  /** A part of the expression; a bare number counts nanoseconds. */
  record Amount(Nature nature, long nanos) {}

  /** A part that is no time, in the server's words. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  /** Nanoseconds since 1970. */
  long nanos(Expression expression) throws Invalid {
    return expression.fold(this).nanos();
  }

  @Override
  public Amount literal(Expression.Literal literal) throws Invalid {
    Object value = literal.value();
    if (value instanceof Long whole) {
      return new Amount(Nature.NUMBER, whole);
    }
    if (value instanceof Double number) {
      return new Amount(Nature.NUMBER, number.longValue());
    }
    if (value instanceof String text) {
      try {
        return new Amount(Nature.INSTANT, nanos(instant(text)));
      } catch (DateTimeException | ArithmeticException e) {
        throw new Invalid(
            "invalid expression \"" + literal + "\": '" + text + "' is not a valid timestamp");
      }
    }
    throw new Invalid(
        "found literal '"
            + (value instanceof BigInteger ? value : literal)
            + "', expected duration, float, integer, or timestamp string");
  }

  private Instant instant(String text) {
    if (text.length() == 10) {
      return local(LocalDate.parse(text, DAY).atStartOfDay());
    }
    if (text.length() > 10 && text.charAt(10) == ' ') {
      return local(LocalDateTime.parse(text, LOCAL));
    }
    return OffsetDateTime.parse(text, OFFSET).toInstant();
  }

  private Instant local(LocalDateTime wallclock) {
    if (zone.getRules().getValidOffsets(wallclock).isEmpty()) {
      throw new DateTimeException("skipped by the clock of " + zone);
    }
    return wallclock.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  @Override
  public Amount span(Expression.Span span) {
    return new Amount(Nature.LENGTH, span.nanos());
  }

  @Override
  public Amount call(Expression.Call call) throws Invalid {
    if (!call.function().equals("now")) {
      throw new Invalid("invalid function call '" + call.function() + "'");
    }
    return new Amount(Nature.INSTANT, now);
  }

  @Override
  public Amount binary(Expression.Binary binary) throws Invalid {
    Amount left = binary.left().fold(this);
    Amount right = binary.right().fold(this);
    try {
      return switch (binary.operator()) {
        case '+' -> new Amount(sum(left, right), Math.addExact(left.nanos(), right.nanos()));
        case '-' -> new Amount(sum(left, right), Math.subtractExact(left.nanos(), right.nanos()));
        case '*' ->
            new Amount(scaled(left, right), Math.multiplyExact(left.nanos(), right.nanos()));
        case '/' ->
            new Amount(scaled(left, right), right.nanos() == 0 ? 0 : left.nanos() / right.nanos());
        default -> throw new Invalid("invalid operator");
      };
    } catch (ArithmeticException e) {
      throw new Invalid("invalid expression \"" + binary + "\": overflow");
    }
  }

  private static Nature sum(Amount left, Amount right) {
    if (left.nature() == Nature.INSTANT || right.nature() == Nature.INSTANT) {
      return Nature.INSTANT;
    }
    return left.nature() == Nature.NUMBER ? right.nature() : Nature.LENGTH;
  }

  private static Nature scaled(Amount left, Amount right) throws Invalid {
    if (left.nature() == Nature.INSTANT || right.nature() != Nature.NUMBER) {
      throw new Invalid("invalid duration expression");
    }
    return left.nature();
  }

  @Override
  public Amount reference(Expression.Reference reference) throws Invalid {
    throw symbol(reference);
  }

  @Override
  public Amount parameter(Expression.Parameter parameter) throws Invalid {
    throw symbol(parameter);
  }

  @Override
  public Amount every(Expression.Every every) throws Invalid {
    throw symbol(every);
  }

  private static Invalid symbol(Expression expression) {
    return new Invalid(
        "found symbol '"
            + expression
            + "', expected now() or a literal duration, float, integer and timestamp string");
  }
}
