package dev.tributary.encode;

import dev.tributary.encode.page.LongCells;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Casts between numbers whose cells are numbers, each exact or an {@link ArithmeticException}. */
final class NumberSteps {

  private static final double TWO_TO_63 = 0x1p63;
  private static final int DOUBLE_BITS = 53;
  private static final int FLOAT_BITS = 24;
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private NumberSteps() {}

  static Optional<Cast.Step> between(ColumnType from, ColumnType to) {
    if (from.arrow() instanceof ArrowType.Int source) {
      return ofInteger(source, to).map(NumberSteps::step);
    }
    if (from.equals(ColumnType.DOUBLE) || from.equals(ColumnType.FLOAT)) {
      return ofFloating(from, to).map(NumberSteps::step);
    }
    return Optional.empty();
  }

  /** Timestamps at midnight in UTC, as days. */
  static Cast.Step midnight(long nanosPerUnit) {
    long perDay = NANOS_PER_DAY / nanosPerUnit;
    return step(
        value -> {
          require(value % perDay == 0);
          return Math.toIntExact(value / perDay);
        });
  }

  private static Cast.Step step(LongUnaryOperator operator) {
    return (from, row, to) ->
        ((LongCells) to).values()[row] = operator.applyAsLong(((LongCells) from).values()[row]);
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new ArithmeticException("no exact value");
    }
  }

  private static Optional<LongUnaryOperator> ofInteger(ArrowType.Int from, ColumnType to) {
    boolean signed = from.getIsSigned();
    if (to.arrow() instanceof ArrowType.Int target) {
      return Optional.of(value -> within(value, !signed && value < 0, target));
    }
    if (to.equals(ColumnType.DOUBLE)) {
      return Optional.of(value -> Double.doubleToRawLongBits(floating(value, signed, DOUBLE_BITS)));
    }
    if (to.equals(ColumnType.FLOAT)) {
      return Optional.of(value -> bits((float) floating(value, signed, FLOAT_BITS)));
    }
    return Optional.empty();
  }

  private static Optional<LongUnaryOperator> ofFloating(ColumnType from, ColumnType to) {
    boolean wide = from.equals(ColumnType.DOUBLE);
    if (to.arrow() instanceof ArrowType.Int target) {
      return Optional.of(
          bits -> {
            double value = value(bits, wide);
            // false for NaN, too
            require(value >= -TWO_TO_63 && value < 2 * TWO_TO_63 && value == Math.rint(value));
            boolean huge = value >= TWO_TO_63;
            long whole = huge ? (long) (value - TWO_TO_63) ^ Long.MIN_VALUE : (long) value;
            return within(whole, huge, target);
          });
    }
    if (to.equals(ColumnType.DOUBLE)) {
      return Optional.of(bits -> Double.doubleToRawLongBits(value(bits, wide)));
    }
    if (to.equals(ColumnType.FLOAT)) {
      return Optional.of(
          bits -> {
            double value = value(bits, wide);
            require(Double.isNaN(value) || (double) (float) value == value);
            return bits((float) value);
          });
    }
    return Optional.empty();
  }

  private static double value(long bits, boolean wide) {
    return wide ? Double.longBitsToDouble(bits) : Float.intBitsToFloat((int) bits);
  }

  /** A float as cells have it: its raw bits, without a sign above them. */
  private static long bits(float value) {
    return Float.floatToRawIntBits(value) & 0xffff_ffffL;
  }

  /**
   * The value, if an integer type has it.
   *
   * @param huge whether it is one of those of 2^63 and more, which look negative
   */
  static long within(long value, boolean huge, ArrowType.Int type) {
    int bits = type.getBitWidth();
    if (bits == Long.SIZE) {
      require(huge ? !type.getIsSigned() : type.getIsSigned() || value >= 0);
      return value;
    }
    long least = type.getIsSigned() ? -1L << (bits - 1) : 0;
    long most = (1L << (type.getIsSigned() ? bits - 1 : bits)) - 1;
    require(!huge && value >= least && value <= most);
    return value;
  }

  private static double floating(long value, boolean signed, int mostBits) {
    long size = signed && value < 0 ? -value : value;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size) - Long.numberOfTrailingZeros(size);
    require(value == 0 || bits <= mostBits);
    // the last bit of a huge one is no digit of it
    return signed || value >= 0 ? (double) value : (double) (value >>> 1) * 2;
  }
}
