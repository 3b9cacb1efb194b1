package dev.tributary.encode;

import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Copies vectors into cells, whole buffers at a time where the layouts agree. Values come over as
 * they are, but for three: times of day in seconds become milliseconds, dates in milliseconds
 * become days, halves become floats.
 */
final class VectorReader {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private VectorReader() {}

  /** Empty cells for values of a type. */
  static Cells cellsFor(ColumnType type) {
    return type.isBytes() ? new BytesCells() : new LongCells();
  }

  /**
   * Fills cells of the kind that {@link #cellsFor} gives the vector's type.
   *
   * @param vector null for a column that the result lacks
   * @param rows of the batch
   * @throws Failure of kind {@code REFUSED} if a value has no place in the type
   */
  static void read(@Nullable FieldVector vector, int rows, Cells cells) throws Failure {
    if (vector == null || vector instanceof NullVector || vector.getNullCount() == rows) {
      cells.beginAbsent(rows);
      return;
    }
    cells.begin(rows);
    int nulls = vector.getNullCount();
    if (nulls > 0) {
      words(vector.getValidityBuffer(), rows, cells.presence());
      cells.absent(nulls);
    }
    if (cells instanceof BytesCells bytes) {
      BytesReader.read(vector, rows, bytes);
      bytes.hashed();
    } else {
      numbers(vector, rows, (LongCells) cells);
    }
  }

  private static void words(ArrowBuf bitmap, int bits, long[] words) {
    int whole = bits / Long.SIZE;
    if (whole > 0) {
      bitmap
          .nioBuffer(0, whole * Long.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asLongBuffer()
          .get(words, 0, whole);
    }
    if (bits % Long.SIZE > 0) {
      long last = 0;
      for (int at = (bits - 1) / Byte.SIZE; at >= whole * Long.BYTES; at--) {
        last = (last << Byte.SIZE) | (bitmap.getByte(at) & 0xff);
      }
      words[whole] = last;
    }
  }

  private static void numbers(FieldVector vector, int rows, LongCells cells) throws Failure {
    long[] values = cells.values();
    ArrowBuf data = vector.getDataBuffer();
    if (vector instanceof BitVector) {
      for (int row = 0; row < rows; row++) {
        values[row] = (data.getByte(row >>> 3) >>> (row & 7)) & 1L;
      }
      return;
    }
    if (vector instanceof DecimalVector || vector instanceof Decimal256Vector) {
      int width = ((BaseFixedWidthVector) vector).getTypeWidth();
      for (int row = 0; row < rows; row++) {
        values[row] = data.getLong((long) row * width);
      }
      return;
    }
    switch (((BaseFixedWidthVector) vector).getTypeWidth()) {
      case Long.BYTES ->
          data.nioBuffer(0, rows * Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asLongBuffer()
              .get(values, 0, rows);
      case Integer.BYTES -> ints(vector, data, rows, values);
      case Short.BYTES -> shorts(vector, data, rows, values);
      default -> bytes(vector, data, rows, values);
    }
    if (vector instanceof DateMilliVector) {
      days(vector, cells);
    } else if (vector instanceof TimeSecVector) {
      for (int row = 0; row < rows; row++) {
        values[row] *= 1_000;
      }
    }
  }

  private static void ints(FieldVector vector, ArrowBuf data, int rows, long[] values) {
    // floats keep their raw bits, without a sign above them
    boolean signed = !(vector instanceof UInt4Vector) && !(vector instanceof Float4Vector);
    long kept = signed ? -1L : 0xffff_ffffL;
    IntBuffer ints =
        data.nioBuffer(0, rows * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    for (int row = 0; row < rows; row++) {
      values[row] = ints.get(row) & kept;
    }
  }

  private static void shorts(FieldVector vector, ArrowBuf data, int rows, long[] values) {
    if (vector instanceof Float2Vector halves) {
      for (int row = 0; row < rows; row++) {
        boolean there = !halves.isNull(row);
        values[row] =
            there ? Float.floatToRawIntBits(halves.getValueAsFloat(row)) & 0xffff_ffffL : 0;
      }
      return;
    }
    long kept = vector instanceof SmallIntVector ? -1L : 0xffffL;
    for (int row = 0; row < rows; row++) {
      values[row] = data.getShort((long) row * Short.BYTES) & kept;
    }
  }

  private static void bytes(FieldVector vector, ArrowBuf data, int rows, long[] values) {
    long kept = vector instanceof TinyIntVector ? -1L : 0xffL;
    for (int row = 0; row < rows; row++) {
      values[row] = data.getByte(row) & kept;
    }
  }

  private static void days(FieldVector vector, LongCells cells) throws Failure {
    long[] values = cells.values();
    for (int row = 0; row < cells.rows(); row++) {
      if (values[row] % MILLIS_PER_DAY != 0 && !cells.isNull(row)) {
        throw new Failure(
            Failure.Kind.REFUSED,
            "cannot write column '"
                + vector.getName()
                + "' as a date: "
                + TimeConversion.instant(values[row], 1_000_000L)
                + " is no midnight; cast it to a timestamp");
      }
      values[row] = Math.floorDiv(values[row], MILLIS_PER_DAY);
    }
  }

  /** Values of variable or fixed length, as bytes. */
  private static final class BytesReader {

    static void read(FieldVector vector, int rows, BytesCells cells) {
      if (vector instanceof BaseVariableWidthVector) {
        contiguous(vector, rows, cells);
      } else if (vector instanceof FixedSizeBinaryVector fixed) {
        fixed(fixed.getDataBuffer(), rows, fixed.getByteWidth(), cells);
      } else if (vector instanceof VariableWidthFieldVector apart) {
        apart(apart, rows, cells);
      } else {
        int stored = ((BaseFixedWidthVector) vector).getTypeWidth();
        ColumnType type =
            ColumnType.written(vector.getField().getType(), Output.TimestampUnit.US).orElseThrow();
        bigEndian(vector.getDataBuffer(), rows, stored, type.width(), cells);
      }
    }

    private static void contiguous(FieldVector vector, int rows, BytesCells cells) {
      int[] offsets = cells.offsets();
      vector
          .getOffsetBuffer()
          .nioBuffer(0, (rows + 1) * Integer.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asIntBuffer()
          .get(offsets, 0, rows + 1);
      int first = offsets[0];
      int length = offsets[rows] - first;
      vector.getDataBuffer().getBytes(first, cells.data(length), 0, length);
      if (first > 0) {
        for (int row = 0; row <= rows; row++) {
          offsets[row] -= first;
        }
      }
    }

    private static void fixed(ArrowBuf data, int rows, int width, BytesCells cells) {
      data.getBytes(0, cells.data(rows * width), 0, rows * width);
      for (int row = 0; row <= rows; row++) {
        cells.offsets()[row] = row * width;
      }
    }

    /** Long offsets, and views, whose bytes lie here and there. */
    private static void apart(VariableWidthFieldVector vector, int rows, BytesCells cells) {
      int[] offsets = cells.offsets();
      offsets[0] = 0;
      for (int row = 0; row < rows; row++) {
        byte[] value = vector.isNull(row) ? new byte[0] : vector.get(row);
        offsets[row + 1] = Math.addExact(offsets[row], value.length);
        System.arraycopy(value, 0, cells.grown(offsets[row + 1]), offsets[row], value.length);
      }
    }

    /** Arrow has the lowest byte of a decimal first, Parquet the highest. */
    private static void bigEndian(
        ArrowBuf data, int rows, int stored, int width, BytesCells cells) {
      byte[] bytes = cells.data(rows * width);
      for (int row = 0; row < rows; row++) {
        cells.offsets()[row + 1] = (row + 1) * width;
        for (int i = 0; i < width; i++) {
          bytes[row * width + i] = data.getByte((long) row * stored + width - 1 - i);
        }
      }
      cells.offsets()[0] = 0;
    }
  }
}
