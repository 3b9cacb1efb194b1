package dev.tributary.inspect;

import java.util.Arrays;

/** A row as it is sorted and compared. Its arrays are not to be changed. */
final class Row implements Comparable<Row> {

  /** Stands for no value, after every number. */
  static final long NULL = Long.MAX_VALUE;

  /** About what the objects of a row take beside their contents. */
  private static final int OVERHEAD_BYTES = 72;

  private final byte[] key;
  private final long[] values;

  /**
   * A row of its parts.
   *
   * @param key what is no floating-point number, by {@link RowShape}
   * @param values floating-point numbers as {@link #ordered} makes them
   */
  Row(byte[] key, long[] values) {
    this.key = key;
    this.values = values;
  }

  byte[] key() {
    return key;
  }

  long[] values() {
    return values;
  }

  /**
   * A number as one that sorts like it; zeros of either sign are one value, and so are all NaNs.
   */
  static long ordered(double value) {
    return flipped(Double.doubleToLongBits(value + 0.0));
  }

  private static long flipped(long bits) {
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /** The number in a column; NaN for none. */
  double value(int column) {
    return Double.longBitsToDouble(flipped(values[column]));
  }

  int compareKeys(Row other) {
    return Arrays.compareUnsigned(key, other.key);
  }

  @Override
  public int compareTo(Row other) {
    int byKey = compareKeys(other);
    return byKey != 0 ? byKey : Arrays.compare(values, other.values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row row && compareTo(row) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(key) + Arrays.hashCode(values);
  }

  /** About what it takes of the heap. */
  long bytes() {
    return OVERHEAD_BYTES + key.length + (long) Long.BYTES * values.length;
  }
}
