package dev.tributary.encode;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The shortest decimals that mean a floating-point number and no other. Not the library's own texts
 * of numbers: those have changed between versions of Java.
 */
final class ShortestDecimal {

  /** Decimals of so many digits are told apart by every double, and by every float. */
  private static final int DOUBLE_DIGITS = 15;

  private static final int FLOAT_DIGITS = 6;

  /** Powers of ten between which numbers are written out. */
  private static final int LEAST_PLAIN = -5;

  private static final int MOST_PLAIN = 16;

  private ShortestDecimal() {}

  /** Throws {@link NumberFormatException} for an infinity and for what is no number. */
  static BigDecimal of(double value) {
    BigDecimal whole = new BigDecimal(value);
    for (int digits = Math.abs(value) < Double.MIN_NORMAL ? 1 : DOUBLE_DIGITS; ; digits++) {
      BigDecimal rounded = whole.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
  }

  /** Throws {@link NumberFormatException} for an infinity and for what is no number. */
  static BigDecimal of(float value) {
    BigDecimal whole = new BigDecimal(value);
    for (int digits = Math.abs(value) < Float.MIN_NORMAL ? 1 : FLOAT_DIGITS; ; digits++) {
      BigDecimal rounded = whole.round(new MathContext(digits));
      if (rounded.floatValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
  }

  /** The text of a number that may have come from a negative zero: {@code 21.5}, {@code 1.0E23}. */
  static String text(BigDecimal value, boolean negative) {
    BigDecimal size = value.abs();
    int power = size.precision() - size.scale() - 1;
    boolean plain = size.signum() == 0 || (power >= LEAST_PLAIN && power < MOST_PLAIN);
    BigDecimal shown = plain ? size : size.movePointLeft(power);
    String digits = shown.setScale(Math.max(1, shown.scale())).toPlainString();
    return (negative ? "-" : "") + digits + (plain ? "" : "E" + power);
  }
}
