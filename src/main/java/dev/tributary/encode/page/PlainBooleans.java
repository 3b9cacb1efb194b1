package dev.tributary.encode.page;

import org.apache.parquet.column.Encoding;

/** PLAIN for booleans: a bit each, the lowest bit first (Encodings.md, "Plain"). */
final class PlainBooleans implements ValuesEncoding<LongPage> {

  @Override
  public Encoding name() {
    return Encoding.PLAIN;
  }

  @Override
  public void encode(LongPage page, PageBytes out) {
    int count = page.count();
    long[] values = page.values();
    int at = out.take((count + 7) / 8);
    byte[] bytes = out.array();
    for (int from = 0; from < count; from += Byte.SIZE) {
      int bits = 0;
      for (int i = Math.min(from + Byte.SIZE, count) - 1; i >= from; i--) {
        bits = (bits << 1) | (int) values[i];
      }
      bytes[at++] = (byte) bits;
    }
  }
}
