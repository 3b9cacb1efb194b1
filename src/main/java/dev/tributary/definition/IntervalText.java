package dev.tributary.definition;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Reads intervals as the server's SQL writes them, and durations as InfluxQL does. */
final class IntervalText {

  private static final BigDecimal MOST_MONTHS = BigDecimal.valueOf(Interval.LONGEST.months());
  private static final BigDecimal MOST_NANOS =
      BigDecimal.valueOf(Interval.LONGEST.length().toNanos());

  private IntervalText() {}

  /**
   * One language's way to write lengths.
   *
   * @param wordPart characters of units; where digits are among them, parts need space between
   * @param unit the unit that a word stands for, if any
   */
  private record Units(IntPredicate wordPart, Function<String, Optional<Interval>> unit) {}

  /** Reads {@code 1 hour 30 minutes}, {@code 90m}, {@code 1.5 days}, {@code 3 months}. */
  static Optional<Interval> sql(String text) {
    return read(text, new Units(Character::isLetterOrDigit, IntervalText::sqlUnit));
  }

  /** Reads {@code 1h30m}, {@code 2w}; a number alone counts nanoseconds. */
  static Optional<Interval> influxql(String text) {
    return read(text, new Units(Character::isLetter, IntervalText::influxqlUnit));
  }

  private static Optional<Interval> read(String text, Units units) {
    Cursor cursor = new Cursor(text.strip());
    Interval sum = Interval.of(Duration.ZERO);
    if (cursor.atEnd()) {
      return Optional.empty();
    }
    while (!cursor.atEnd()) {
      Optional<Interval> part = part(cursor, units);
      if (part.isEmpty() || !sum.hasRoomFor(part.get())) {
        return Optional.empty();
      }
      sum = sum.plus(part.get());
      cursor.moveWhile(Character::isWhitespace);
    }
    return Optional.of(sum);
  }

  private static Optional<Interval> part(Cursor cursor, Units units) {
    int begin = cursor.offset();
    cursor.moveWhile(character -> character >= '0' && character <= '9');
    int whole = cursor.offset() - begin;
    if (cursor.peek(0) == '.') {
      cursor.move(1);
      cursor.moveWhile(character -> character >= '0' && character <= '9');
    }
    String number = cursor.since(begin);
    if (whole == 0 || number.endsWith(".") || number.length() > 30) {
      return Optional.empty();
    }
    cursor.moveWhile(Character::isWhitespace);
    int word = cursor.offset();
    cursor.moveWhile(units.wordPart());
    return units
        .unit()
        .apply(cursor.since(word))
        .flatMap(unit -> times(new BigDecimal(number), unit));
  }

  private static Optional<Interval> times(BigDecimal count, Interval unit) {
    BigDecimal months = count.multiply(BigDecimal.valueOf(unit.months()));
    BigDecimal nanos = count.multiply(BigDecimal.valueOf(unit.length().toNanos()));
    boolean exact =
        months.stripTrailingZeros().scale() <= 0 && nanos.stripTrailingZeros().scale() <= 0;
    return exact && months.compareTo(MOST_MONTHS) <= 0 && nanos.compareTo(MOST_NANOS) <= 0
        ? Optional.of(
            new Interval(months.intValueExact(), Duration.ofNanos(nanos.longValueExact())))
        : Optional.empty();
  }

  private static Optional<Interval> sqlUnit(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "millennium", "millenniums", "millennia" -> months(12_000);
      case "century", "centuries", "cent", "cents", "c" -> months(1_200);
      case "decade", "decades", "dec", "decs" -> months(120);
      case "year", "years", "yr", "yrs", "y" -> months(12);
      case "month", "months", "mon", "mons" -> months(1);
      case "week", "weeks", "w" -> fixed(ChronoUnit.WEEKS);
      case "day", "days", "d" -> fixed(ChronoUnit.DAYS);
      case "hour", "hours", "hr", "hrs", "h" -> fixed(ChronoUnit.HOURS);
      case "minute", "minutes", "min", "mins", "m" -> fixed(ChronoUnit.MINUTES);
      case "second", "seconds", "sec", "secs", "s" -> fixed(ChronoUnit.SECONDS);
      case "millisecond", "milliseconds", "msec", "msecs", "ms" -> fixed(ChronoUnit.MILLIS);
      case "microsecond", "microseconds", "usec", "usecs", "us" -> fixed(ChronoUnit.MICROS);
      case "nanosecond", "nanoseconds", "nsec", "nsecs", "ns" -> fixed(ChronoUnit.NANOS);
      default -> Optional.empty();
    };
  }

  private static Optional<Interval> influxqlUnit(String word) {
    return switch (word) {
      case "w" -> fixed(ChronoUnit.WEEKS);
      case "d" -> fixed(ChronoUnit.DAYS);
      case "h" -> fixed(ChronoUnit.HOURS);
      case "m" -> fixed(ChronoUnit.MINUTES);
      case "s" -> fixed(ChronoUnit.SECONDS);
      case "ms" -> fixed(ChronoUnit.MILLIS);
      case "u", "us", "µ", "µs", "μ", "μs" -> fixed(ChronoUnit.MICROS);
      case "ns", "" -> fixed(ChronoUnit.NANOS);
      default -> Optional.empty();
    };
  }

  private static Optional<Interval> months(int months) {
    return Optional.of(Interval.ofMonths(months));
  }

  private static Optional<Interval> fixed(ChronoUnit unit) {
    return Optional.of(Interval.of(unit.getDuration()));
  }
}
