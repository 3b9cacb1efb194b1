package dev.tributary.encode;

import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Puts texts and decimals into cells, row after row. */
final class CellBytes {

  private CellBytes() {}

  /** Appends a text to those of the rows before. */
  static void append(String text, int row, Cells to) {
    append(text.getBytes(StandardCharsets.UTF_8), row, (BytesCells) to);
  }

  /** Leaves a row without bytes. */
  static void skip(int row, Cells to) {
    if (to instanceof BytesCells bytes) {
      append(new byte[0], row, bytes);
    }
  }

  private static void append(byte[] value, int row, BytesCells to) {
    int[] offsets = to.offsets();
    if (row == 0) {
      offsets[0] = 0;
    }
    int end = Math.addExact(offsets[row], value.length);
    System.arraycopy(value, 0, to.grown(end), offsets[row], value.length);
    offsets[row + 1] = end;
  }

  /**
   * Puts a decimal, as Parquet stores those of its type.
   *
   * @throws ArithmeticException if it has too many digits, before or behind the point
   */
  static void put(BigDecimal value, ColumnType type, int row, Cells to) {
    ArrowType.Decimal decimal = (ArrowType.Decimal) type.arrow();
    // without the zeros first: the digits of a large exponent are never written out
    BigDecimal bare = value.stripTrailingZeros();
    boolean fits =
        bare.scale() <= decimal.getScale()
            && (long) bare.precision() - bare.scale()
                <= decimal.getPrecision() - decimal.getScale();
    if (!fits && bare.signum() != 0) {
      throw new ArithmeticException("too many digits");
    }
    BigDecimal scaled = bare.setScale(decimal.getScale());
    if (to instanceof LongCells numbers) {
      numbers.values()[row] = scaled.unscaledValue().longValueExact();
      return;
    }
    byte[] shortest = scaled.unscaledValue().toByteArray();
    byte[] bytes = new byte[type.width()];
    Arrays.fill(bytes, (byte) (scaled.signum() < 0 ? -1 : 0));
    System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
    append(bytes, row, (BytesCells) to);
  }
}
