package dev.tributary.encode.page;

import org.apache.parquet.column.Encoding;

/** PLAIN for four-byte types: the low halves, little-endian (Encodings.md, "Plain"). */
final class PlainInts implements ValuesEncoding<LongPage> {

  @Override
  public Encoding name() {
    return Encoding.PLAIN;
  }

  @Override
  public void encode(LongPage page, PageBytes out) {
    put(page.values(), page.count(), out);
  }

  static void put(long[] values, int count, PageBytes out) {
    int at = out.take(count * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      out.setInt(at + i * Integer.BYTES, (int) values[i]);
    }
  }
}
