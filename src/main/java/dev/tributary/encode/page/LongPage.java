package dev.tributary.encode.page;

import java.util.Arrays;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A page of values of at most 64 bits. */
final class LongPage extends Page<LongCells> {

  private long[] values = new long[0];

  LongPage(int maxRows) {
    super(maxRows);
  }

  /** The values that are there, {@link #count} of them. */
  long[] values() {
    return values;
  }

  @Override
  int fitting(LongCells cells, int from, int to) {
    return to - from;
  }

  @Override
  void values(LongCells cells, int from, int to) {
    int count = count();
    // one more than needed: the loop below writes before it knows whether the value counts
    int needed = count + to - from + 1;
    if (values.length < needed) {
      values = Arrays.copyOf(values, Math.min(Math.max(needed, 2 * values.length), maxRows() + 1));
    }
    if (cells.nulls() == 0) {
      System.arraycopy(cells.values(), from, values, count, to - from);
      return;
    }
    long[] source = cells.values();
    long[] present = cells.present();
    for (int row = from; row < to; row++) {
      values[count] = source[row];
      count += (int) ((present[row >>> 6] >>> row) & 1);
    }
  }

  @Override
  void insertInto(BloomFilter filter, PrimitiveTypeName type) {
    for (int i = 0; i < count(); i++) {
      if (i == 0 || values[i] != values[i - 1]) {
        filter.insertHash(hash(filter, type, values[i]));
      }
    }
  }

  private static long hash(BloomFilter filter, PrimitiveTypeName type, long value) {
    return switch (type) {
      case INT32 -> filter.hash((int) value);
      case FLOAT -> filter.hash(Float.intBitsToFloat((int) value));
      case DOUBLE -> filter.hash(Double.longBitsToDouble(value));
      default -> filter.hash(value);
    };
  }

  @Override
  long bytes() {
    return (long) count() * Long.BYTES;
  }
}
