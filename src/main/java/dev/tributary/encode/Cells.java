package dev.tributary.encode;

import dev.tributary.job.Failure;
import dev.tributary.job.Output.TimestampUnit;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column of one batch, as they are written: times in the written unit, small
 * numbers widened. No object is made for a row, but for the bytes of a string.
 */
abstract class Cells {

  abstract boolean isNull(int row);

  /** Integers, times, days; booleans as 0 or 1; the raw bits of doubles. */
  long bits(int row) {
    throw new IllegalStateException("not a column of numbers");
  }

  /** UTF-8 of a string; binary as it is. */
  byte[] bytes(int row) {
    throw new IllegalStateException("not a column of bytes");
  }

  /** A column that the result lacks, or whose type nobody knows. */
  static final Cells NULLS =
      new Cells() {
        @Override
        boolean isNull(int row) {
          return true;
        }
      };

  /**
   * The cells of a vector, as a type.
   *
   * @param vector null for a column that the result lacks
   * @param times converts timestamps
   */
  static Cells of(ColumnType type, @Nullable FieldVector vector, TimeConversion times)
      throws Failure {
    if (vector == null || vector instanceof NullVector) {
      return NULLS;
    }
    if (vector instanceof TimeStampVector stamps && type.isTimestamp()) {
      return new Numbers(stamps, times.converted(stamps, type));
    }
    if (vector instanceof VariableWidthFieldVector bytes && type == typeOf(vector)) {
      return new Bytes(bytes);
    }
    if (vector instanceof Float8Vector doubles && type == ColumnType.DOUBLE) {
      return new Numbers(doubles, row -> Double.doubleToRawLongBits(doubles.get(row)));
    }
    if (vector instanceof Float4Vector floats && type == ColumnType.DOUBLE) {
      return new Numbers(floats, row -> Double.doubleToRawLongBits(floats.get(row)));
    }
    if (vector instanceof BitVector bits && type == ColumnType.BOOL) {
      return new Numbers(bits, bits::get);
    }
    if (vector instanceof DateDayVector days && type == ColumnType.DATE) {
      return new Numbers(days, days::get);
    }
    // neither of the two 64-bit types holds all values of the other
    if (vector instanceof BaseIntVector && type == typeOf(vector)) {
      return integers(vector);
    }
    throw new Failure(
        Failure.Kind.REFUSED,
        "cannot write column '"
            + vector.getName()
            + "': it is "
            + vector.getField().getType()
            + ", but the job's schema says "
            + type.text()
            + "; cast it in the query");
  }

  /** What the vector is written as when it settles its column; times in any unit. */
  private static @Nullable ColumnType typeOf(FieldVector vector) {
    return ColumnType.written(vector.getField().getType(), TimestampUnit.US).orElse(null);
  }

  private static Cells integers(FieldVector vector) {
    if (vector instanceof BigIntVector longs) {
      return new Numbers(longs, longs::get);
    }
    if (vector instanceof UInt8Vector longs) {
      return new Numbers(longs, longs::get);
    }
    if (vector instanceof UInt4Vector ints) {
      return new Numbers(ints, row -> Integer.toUnsignedLong(ints.get(row)));
    }
    if (vector instanceof UInt2Vector shorts) {
      return new Numbers(shorts, shorts::get);
    }
    if (vector instanceof UInt1Vector bytes) {
      return new Numbers(bytes, row -> Byte.toUnsignedLong(bytes.get(row)));
    }
    BaseIntVector signed = (BaseIntVector) vector;
    return new Numbers(vector, signed::getValueAsLong);
  }

  /** A number at a row. */
  @FunctionalInterface
  interface NumberAt {
    long at(int row);
  }

  private static final class Numbers extends Cells {
    private final FieldVector vector;
    private final NumberAt number;

    Numbers(FieldVector vector, NumberAt number) {
      this.vector = vector;
      this.number = number;
    }

    @Override
    boolean isNull(int row) {
      return vector.isNull(row);
    }

    @Override
    long bits(int row) {
      return number.at(row);
    }
  }

  private static final class Bytes extends Cells {
    private final VariableWidthFieldVector vector;

    Bytes(VariableWidthFieldVector vector) {
      this.vector = vector;
    }

    @Override
    boolean isNull(int row) {
      return vector.isNull(row);
    }

    @Override
    byte[] bytes(int row) {
      return vector.get(row);
    }
  }
}
