package dev.tributary.encode;

import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;

/** Fills vectors from cells, the other way around than {@link VectorReader}. */
final class VectorWriter {

  private VectorWriter() {}

  /**
   * Fills a vector of the type that a column is written as.
   *
   * @throws org.apache.arrow.memory.OutOfMemoryException if the vector's memory is used up
   */
  static void fill(FieldVector vector, Cells cells) {
    vector.reset();
    if (cells instanceof BytesCells bytes && vector instanceof BaseVariableWidthVector variable) {
      variable(variable, bytes);
    } else {
      vector.setInitialCapacity(cells.rows());
      vector.allocateNew();
      if (cells instanceof LongCells numbers) {
        numbers((BaseFixedWidthVector) vector, numbers);
      } else {
        littleEndian((BaseFixedWidthVector) vector, (BytesCells) cells);
      }
    }
    for (int row = 0; row < cells.rows(); row++) {
      BitVectorHelper.setValidityBit(vector.getValidityBuffer(), row, cells.isNull(row) ? 0 : 1);
    }
    vector.setValueCount(cells.rows());
  }

  private static void variable(BaseVariableWidthVector vector, BytesCells cells) {
    int rows = cells.rows();
    boolean absent = cells.nulls() == rows;
    int bytes = absent ? 0 : cells.offsets()[rows];
    vector.allocateNew(bytes, rows);
    for (int row = 0; row <= rows; row++) {
      vector
          .getOffsetBuffer()
          .setInt((long) row * Integer.BYTES, absent ? 0 : cells.offsets()[row]);
    }
    vector.getDataBuffer().setBytes(0, cells.data(), 0, bytes);
    vector.setLastSet(rows - 1);
  }

  private static void numbers(BaseFixedWidthVector vector, LongCells cells) {
    ArrowBuf data = vector.getDataBuffer();
    long[] values = cells.values();
    int width = vector.getTypeWidth();
    for (int row = 0; row < cells.rows(); row++) {
      long value = values[row];
      switch (width) {
        case 0 -> BitVectorHelper.setValidityBit(data, row, (int) value & 1);
        case Byte.BYTES -> data.setByte(row, (byte) value);
        case Short.BYTES -> data.setShort((long) row * Short.BYTES, (short) value);
        case Integer.BYTES -> data.setInt((long) row * Integer.BYTES, (int) value);
        case Long.BYTES -> data.setLong((long) row * Long.BYTES, value);
        default -> {
          // a decimal: the sign fills the upper half
          data.setLong((long) row * width, value);
          data.setLong((long) row * width + Long.BYTES, value >> 63);
        }
      }
    }
  }

  private static void littleEndian(BaseFixedWidthVector vector, BytesCells cells) {
    ArrowBuf data = vector.getDataBuffer();
    int width = vector.getTypeWidth();
    for (int row = 0; row < cells.rows(); row++) {
      if (cells.isNull(row)) {
        continue;
      }
      int from = cells.offsets()[row];
      int end = cells.offsets()[row + 1];
      int sign = cells.data()[from] >> 7;
      for (int i = 0; i < width; i++) {
        int at = end - 1 - i;
        data.setByte((long) row * width + i, at >= from ? cells.data()[at] : (byte) sign);
      }
    }
  }
}
