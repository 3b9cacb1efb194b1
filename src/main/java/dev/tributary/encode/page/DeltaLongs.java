package dev.tributary.encode.page;

import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.bitpacking.BytePackerForLong;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * DELTA_BINARY_PACKED: the first value, then the differences from each value to the next, in blocks
 * of 128. A block holds its least difference and, above that, the others in four parts of 32, each
 * packed with as many bits as its largest needs. Small for times and counters (Encodings.md, "Delta
 * Encoding").
 */
final class DeltaLongs implements ValuesEncoding<LongPage> {

  private static final int BLOCK = 128;
  private static final int PARTS = 4;
  private static final int PART = BLOCK / PARTS;
  private static final int GROUP = 8;

  private final boolean ints;
  private final long[] deltas = new long[BLOCK];

  /**
   * Lays out differences.
   *
   * @param ints whether the column's type has four bytes: differences wrap around at 32 bits then
   */
  DeltaLongs(boolean ints) {
    this.ints = ints;
  }

  @Override
  public Encoding name() {
    return Encoding.DELTA_BINARY_PACKED;
  }

  @Override
  public void encode(LongPage page, PageBytes out) {
    int count = page.count();
    long[] values = page.values();
    out.putVarint(BLOCK);
    out.putVarint(PARTS);
    out.putVarint(count);
    out.putZigzag(count == 0 ? 0 : wrapped(values[0]));
    for (int from = 1; from < count; from += BLOCK) {
      block(values, from, Math.min(BLOCK, count - from), out);
    }
  }

  private long wrapped(long value) {
    return ints ? (int) value : value;
  }

  private void block(long[] values, int from, int count, PageBytes out) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      deltas[i] = wrapped(values[from + i] - values[from + i - 1]);
      least = Math.min(least, deltas[i]);
    }
    for (int i = 0; i < count; i++) {
      deltas[i] = ints ? (deltas[i] - least) & 0xffff_ffffL : deltas[i] - least;
    }
    Arrays.fill(deltas, count, BLOCK, 0);
    out.putZigzag(least);
    int widths = out.take(PARTS);
    for (int part = 0; part < PARTS; part++) {
      // a part without values has width 0 and no bytes
      int width = width(part * PART);
      out.array()[widths + part] = (byte) width;
      if (width > 0) {
        pack(part * PART, width, out);
      }
    }
  }

  private int width(int from) {
    long all = 0;
    for (int i = from; i < from + PART; i++) {
      all |= deltas[i];
    }
    return Long.SIZE - Long.numberOfLeadingZeros(all);
  }

  private void pack(int from, int width, PageBytes out) {
    BytePackerForLong packer = Packer.LITTLE_ENDIAN.newBytePackerForLong(width);
    int at = out.take(PART / Byte.SIZE * width);
    for (int group = 0; group < PART; group += GROUP) {
      packer.pack8Values(deltas, from + group, out.array(), at + group / GROUP * width);
    }
  }
}
