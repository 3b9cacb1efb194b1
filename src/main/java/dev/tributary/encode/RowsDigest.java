package dev.tributary.encode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The digest {@code rows-v1} of a multiset of rows: each row is hashed to 128 bits over the names
 * and values of its columns, and the hashes are added modulo 2^128, so neither the order of rows
 * nor that of columns nor the split into batches matters, while a row that is there twice counts
 * twice. A null adds nothing, so a column of nulls is like no column. Zeros of either sign are one
 * value, and so are all NaNs. Confined to one thread; arrays are kept from batch to batch.
 */
final class RowsDigest {

  static final String ALGORITHM = "rows-v1";

  private static final long NAN = Double.doubleToLongBits(Double.NaN);

  private long[] left = new long[0];
  private long[] right = new long[0];
  private int rows;
  private long low;
  private long high;

  /** Begins a batch. */
  void begin(int batchRows) {
    rows = batchRows;
    if (left.length < rows) {
      left = new long[rows];
      right = new long[rows];
    }
    Arrays.fill(left, 0, rows, 0);
    Arrays.fill(right, 0, rows, 0);
  }

  /** Adds a column of the batch. */
  void column(String name, ColumnType type, Cells cells) {
    long seed = hash(name.getBytes(StandardCharsets.UTF_8), 0x243f6a8885a308d3L);
    for (int row = 0; row < rows; row++) {
      if (!cells.isNull(row)) {
        long value =
            switch (type) {
              case STRING, BINARY -> hash(cells.bytes(row), seed);
              case DOUBLE -> canonical(cells.bits(row));
              default -> cells.bits(row);
            };
        left[row] += mix(value ^ seed);
        right[row] += mix(value * 0x9e3779b97f4a7c15L + ~seed);
      }
    }
  }

  /** Ends the batch. */
  void end() {
    for (int row = 0; row < rows; row++) {
      long addLow = mix(left[row] + 0x13198a2e03707344L);
      long addHigh = mix(right[row] ^ Long.rotateLeft(addLow, 32));
      low += addLow;
      high += addHigh + (Long.compareUnsigned(low, addLow) < 0 ? 1 : 0);
    }
  }

  /** The algorithm and 32 hex digits. */
  String text() {
    return ALGORITHM + ":" + HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  private static long canonical(long bits) {
    double value = Double.longBitsToDouble(bits);
    if (value == 0) {
      return 0;
    }
    return Double.isNaN(value) ? NAN : bits;
  }

  private static long hash(byte[] bytes, long seed) {
    long hash = seed ^ bytes.length;
    for (byte b : bytes) {
      hash = (hash ^ b) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom numbers). */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
