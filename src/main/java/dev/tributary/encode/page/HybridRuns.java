package dev.tributary.encode.page;

import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * The RLE / bit-packing hybrid: small numbers either as a run (how often, then the number) or in
 * groups of eight, packed with a fixed number of bits. A run's header is its length, doubled; that
 * of packed groups their number, doubled, plus one (Encodings.md, "Run Length Encoding /
 * Bit-Packing Hybrid").
 */
final class HybridRuns {

  private static final int GROUP = 8;

  private HybridRuns() {}

  /** Bits that numbers below a bound need; at least one, since not every reader takes none. */
  static int width(int bound) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(bound - 1));
  }

  /**
   * Appends numbers.
   *
   * @param width bits of the largest, 1 to 32
   * @param ids may be overwritten from {@code count} on to fill the last group of eight
   */
  static void encode(int[] ids, int count, int width, PageBytes out) {
    int packed = 0;
    int at = 0;
    while (at < count) {
      // a run can only begin where packed groups end, so look at whole groups
      int run = at + GROUP <= count && ids[at] == ids[at + 1] ? run(ids, at, count) : 0;
      if (run < GROUP) {
        at += GROUP;
      } else {
        pack(ids, packed, at, width, out);
        out.putVarint((long) run << 1);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
          out.put(ids[at] >>> shift);
        }
        at += run;
        packed = at;
      }
    }
    if (packed < count) {
      int padded = packed + (count - packed + GROUP - 1) / GROUP * GROUP;
      Arrays.fill(ids, count, padded, 0);
      pack(ids, packed, padded, width, out);
    }
  }

  private static int run(int[] ids, int from, int count) {
    int to = from + 1;
    while (to < count && ids[to] == ids[from]) {
      to++;
    }
    return to - from;
  }

  private static void pack(int[] ids, int from, int to, int width, PageBytes out) {
    if (from == to) {
      return;
    }
    int groups = (to - from) / GROUP;
    out.putVarint(((long) groups << 1) | 1);
    int at = out.take(groups * width);
    byte[] bytes = out.array();
    BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
    for (int group = 0; group < groups; group++) {
      packer.pack8Values(ids, from + group * GROUP, bytes, at + group * width);
    }
  }
}
