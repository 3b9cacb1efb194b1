package dev.tributary.encode.page;

/**
 * Definition levels of a flat column: 1 where a value is there, 0 where not, in the RLE /
 * bit-packing hybrid with one bit. Arrow's bitmap, the lowest bit first, is a bit-packed run as it
 * stands; a page that is full, or all null, is one short run (Data Pages in README.md of the
 * format; Encodings.md, "Run Length Encoding / Bit-Packing Hybrid").
 */
final class Levels {

  private Levels() {}

  /** Appends the levels of a page behind their length in four bytes. */
  static void encode(Page<?> page, PageBytes out) {
    int length = out.take(Integer.BYTES);
    int rows = page.rows();
    if (page.nulls() == 0 || page.nulls() == rows) {
      out.putVarint((long) rows << 1);
      out.put(page.nulls() == 0 ? 1 : 0);
    } else {
      int bytes = (rows + Byte.SIZE - 1) / Byte.SIZE;
      out.putVarint(((long) bytes << 1) | 1);
      int at = out.take(bytes);
      long[] present = page.present();
      for (int i = 0; i < bytes; i++) {
        out.array()[at + i] = (byte) (present[i >>> 3] >>> ((i & 7) * Byte.SIZE));
      }
      int beyond = bytes * Byte.SIZE - rows;
      out.array()[at + bytes - 1] &= (byte) (0xff >>> beyond);
    }
    out.setInt(length, out.length() - length - Integer.BYTES);
  }
}
