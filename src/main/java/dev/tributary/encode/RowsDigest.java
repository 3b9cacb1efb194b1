package dev.tributary.encode;

import dev.tributary.encode.page.ByteHash;
import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The digest {@code rows-v1} of a multiset of rows: each row is hashed to 128 bits over the names
 * and values of its columns, and the hashes are added modulo 2^128, so neither the order of rows
 * nor that of columns nor the split into batches matters, while a row that is there twice counts
 * twice. A null adds nothing, so a column of nulls is like no column. Zeros of either sign are one
 * value, and so are all NaNs; a float is the double of the same value.
 *
 * <p>Within a row the values, folded so that a difference anywhere reaches the low bits, are
 * multiplied by two numbers of their column and summed up: the multilinear family (Lemire, Kaser:
 * Strongly universal string hashing is fast), a column at a time. Strings enter with a hash of 64
 * bits. Confined to one thread; arrays are kept from batch to batch.
 */
final class RowsDigest {

  static final String ALGORITHM = "rows-v1";

  private static final long INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private long[] left = new long[0];
  private long[] right = new long[0];
  private long[] numbers = new long[0];
  private int rows;
  private long low;
  private long high;

  /** Begins a batch. */
  void begin(int batchRows) {
    rows = batchRows;
    if (left.length < rows) {
      left = new long[rows];
      right = new long[rows];
      numbers = new long[rows];
    }
    Arrays.fill(left, 0, rows, 0);
    Arrays.fill(right, 0, rows, 0);
  }

  /** Adds a column of the batch. */
  void column(String name, ColumnType type, Cells cells) {
    if (cells.nulls() == rows) {
      return;
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    long seed = ByteHash.of(bytes, 0, bytes.length);
    long first = ByteHash.mixed(seed) | 1;
    long second = ByteHash.mixed(~seed) | 1;
    long[] values = values(type, cells);
    add(values, seed, first, second);
    if (cells.nulls() > 0) {
      takeBack(values, cells.presence(), seed, first, second);
    }
  }

  /**
   * One loop without branches, for nulls too, so that it runs in the processor's wide registers.
   */
  private void add(long[] values, long seed, long first, long second) {
    long[] sums = left;
    long[] others = right;
    for (int row = 0; row < rows; row++) {
      long value = values[row] ^ values[row] >>> 32 ^ seed;
      sums[row] += value * first;
      others[row] += (value << 32 | value >>> 32) * second;
    }
  }

  /** Subtracts what nulls, which have any value, have added. */
  private void takeBack(long[] values, long[] present, long seed, long first, long second) {
    for (int from = 0; from < rows; from += Long.SIZE) {
      long absent = ~present[from / Long.SIZE];
      while (absent != 0) {
        int row = from + Long.numberOfTrailingZeros(absent);
        absent &= absent - 1;
        if (row >= rows) {
          return;
        }
        long value = values[row] ^ values[row] >>> 32 ^ seed;
        left[row] -= value * first;
        right[row] -= (value << 32 | value >>> 32) * second;
      }
    }
  }

  private long[] values(ColumnType type, Cells cells) {
    if (cells instanceof BytesCells strings) {
      return strings.hashes();
    }
    long[] values = ((LongCells) cells).values();
    return switch (type.storage()) {
      case DOUBLE -> {
        if (!needsCare(values)) {
          yield values;
        }
        for (int row = 0; row < rows; row++) {
          numbers[row] = canonical(Double.longBitsToDouble(values[row]));
        }
        yield numbers;
      }
      case FLOAT -> {
        for (int row = 0; row < rows; row++) {
          numbers[row] = canonical(Float.intBitsToFloat((int) values[row]));
        }
        yield numbers;
      }
      default -> values;
    };
  }

  /** Whether raw bits of doubles have a negative zero or a NaN: most batches have none. */
  private boolean needsCare(long[] values) {
    long signs = 0;
    for (int row = 0; row < rows; row++) {
      long magnitude = values[row] & Long.MAX_VALUE;
      long other = values[row] ^ Long.MIN_VALUE;
      // negative for a NaN, respectively for the one number that differs from no other
      signs |= (INFINITY - magnitude) | ((other - 1) & ~other);
    }
    return signs < 0;
  }

  /** Adding a zero makes -0.0 one; the conversion makes all NaNs one. */
  private static long canonical(double value) {
    return Double.doubleToLongBits(value + 0.0);
  }

  /** Ends the batch. */
  void end() {
    for (int row = 0; row < rows; row++) {
      long addLow = ByteHash.mixed(left[row] + 0x13198a2e03707344L);
      long addHigh = ByteHash.mixed(right[row] ^ Long.rotateLeft(addLow, 32));
      low += addLow;
      high += addHigh + (Long.compareUnsigned(low, addLow) < 0 ? 1 : 0);
    }
  }

  /** The algorithm and 32 hex digits. */
  String text() {
    return ALGORITHM + ":" + HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
