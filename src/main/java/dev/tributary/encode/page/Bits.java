package dev.tributary.encode.page;

import org.jspecify.annotations.Nullable;

/** Bitmaps in words, the lowest bit first, as Arrow lays out which values are there. */
final class Bits {

  private Bits() {}

  static int words(int bits) {
    return (bits + Long.SIZE - 1) / Long.SIZE;
  }

  static boolean at(long[] words, int bit) {
    return ((words[bit >>> 6] >>> bit) & 1) != 0;
  }

  /** Sets {@code count} bits from {@code at} on; those above them are left open. */
  static void fill(long[] words, int at, int count) {
    copy(null, 0, words, at, count);
  }

  /**
   * Copies bits; whatever the target held from {@code at} on is overwritten, up to the end of the
   * last word touched.
   *
   * @param source null for ones
   */
  static void copy(long @Nullable [] source, int from, long[] target, int at, int count) {
    int done = 0;
    while (done < count) {
      int bit = at + done;
      int room = Math.min(Long.SIZE - (bit & 63), count - done);
      long bits = source == null ? -1L : window(source, from + done);
      long below = (1L << bit) - 1;
      target[bit >>> 6] = (target[bit >>> 6] & below) | (bits << bit);
      done += room;
    }
  }

  /** How many of {@code count} bits are set. */
  static int count(long[] words, int from, int count) {
    int set = 0;
    for (int done = 0; done < count; done += Long.SIZE) {
      int beyond = Math.max(0, Long.SIZE - (count - done));
      set += Long.bitCount(window(words, from + done) << beyond);
    }
    return set;
  }

  /** The 64 bits from a bit on; those beyond the source are zero. */
  private static long window(long[] source, int from) {
    int word = from >>> 6;
    long low = source[word] >>> from;
    boolean spans = (from & 63) != 0 && word + 1 < source.length;
    return spans ? low | (source[word + 1] << -from) : low;
  }
}
