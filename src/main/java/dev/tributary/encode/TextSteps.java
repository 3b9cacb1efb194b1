package dev.tributary.encode;

import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Casts of strings, by parsing: numbers in decimal digits, {@code true} and {@code false}, dates
 * and times in ISO 8601. Nothing may stand around them, white space neither.
 */
final class TextSteps {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** As many characters as a number can mean something by. */
  private static final int LONGEST = 400;

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,30}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,5})?");
  private static final Pattern ENDLESS = Pattern.compile("[+-]?Infinity|NaN");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** Whether a time says which zone it is in. */
  private static final Pattern ZONED = Pattern.compile(".*[tT ][0-9:.]+([zZ]|[+-][0-9:]+)");

  private TextSteps() {}

  /** The cast into a type; absent where there is none. */
  static Optional<Cast.Step> to(ColumnType type) {
    if (type.arrow() instanceof ArrowType.Int integer) {
      return Optional.of(longs(text -> whole(text, integer)));
    }
    if (type.arrow() instanceof ArrowType.Decimal) {
      return Optional.of(
          (from, row, to) -> CellBytes.put(new BigDecimal(number(text(from, row))), type, row, to));
    }
    if (type.isTimestamp()) {
      long unit = type.nanosPerUnit();
      return Optional.of(longs(text -> units(instant(text), unit)));
    }
    if (type.equals(ColumnType.DOUBLE)) {
      return Optional.of(longs(TextSteps::doubleBits));
    }
    if (type.equals(ColumnType.FLOAT)) {
      return Optional.of(longs(TextSteps::floatBits));
    }
    if (type.equals(ColumnType.BOOL)) {
      return Optional.of(longs(TextSteps::truth));
    }
    if (type.equals(ColumnType.DATE)) {
      return Optional.of(longs(text -> LocalDate.parse(matching(DATE, text)).toEpochDay()));
    }
    return Optional.empty();
  }

  private static Cast.Step longs(ToLongFunction<String> parser) {
    return (from, row, to) -> ((LongCells) to).values()[row] = parser.applyAsLong(text(from, row));
  }

  private static String text(Cells cells, int row) {
    return new String(((BytesCells) cells).bytes(row), StandardCharsets.UTF_8);
  }

  private static String matching(Pattern form, String text) {
    if (text.length() > LONGEST || !form.matcher(text).matches()) {
      throw new NumberFormatException("not of that form");
    }
    return text;
  }

  private static String number(String text) {
    return matching(DECIMAL, text);
  }

  private static long whole(String text, ArrowType.Int type) {
    BigInteger value = new BigInteger(matching(WHOLE, text));
    boolean huge = value.signum() > 0 && value.bitLength() == Long.SIZE;
    return NumberSteps.within(huge ? value.longValue() : value.longValueExact(), huge, type);
  }

  private static long doubleBits(String text) {
    double value = Double.parseDouble(ENDLESS.matcher(text).matches() ? text : number(text));
    requireInRange(text, Double.isInfinite(value), value == 0);
    return Double.doubleToRawLongBits(value);
  }

  private static long floatBits(String text) {
    float value = Float.parseFloat(ENDLESS.matcher(text).matches() ? text : number(text));
    requireInRange(text, Float.isInfinite(value), value == 0);
    return Float.floatToRawIntBits(value) & 0xffff_ffffL;
  }

  /** A number too large must not become endless, nor one too small nothing. */
  private static void requireInRange(String text, boolean endless, boolean nothing) {
    boolean overflow = endless && !ENDLESS.matcher(text).matches();
    if (overflow || (nothing && new BigDecimal(text).signum() != 0)) {
      throw new ArithmeticException("out of range");
    }
  }

  private static long truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> 1;
      case "false" -> 0;
      default -> throw new NumberFormatException("neither true nor false");
    };
  }

  /** Without a zone it is UTC, as InfluxDB's own times are. */
  private static Instant instant(String text) {
    String spelt = text.replace(' ', 'T');
    return ZONED.matcher(text).matches()
        ? OffsetDateTime.parse(spelt).toInstant()
        : LocalDateTime.parse(spelt).toInstant(ZoneOffset.UTC);
  }

  private static long units(Instant instant, long nanosPerUnit) {
    if (instant.getNano() % nanosPerUnit != 0) {
      throw new ArithmeticException("digits below the unit");
    }
    long perSecond = NANOS_PER_SECOND / nanosPerUnit;
    long part = instant.getNano() / nanosPerUnit;
    long seconds = instant.getEpochSecond();
    // counted from the second nearer to 1970, for the first one of all is no whole second
    return seconds < 0
        ? Math.addExact(Math.multiplyExact(seconds + 1, perSecond), part - perSecond)
        : Math.addExact(Math.multiplyExact(seconds, perSecond), part);
  }
}
