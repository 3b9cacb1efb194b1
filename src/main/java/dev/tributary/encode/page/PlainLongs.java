package dev.tributary.encode.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Encoding;

/**
 * PLAIN for eight-byte types: little-endian values, one after the other (Encodings.md, "Plain").
 */
final class PlainLongs implements ValuesEncoding<LongPage> {

  @Override
  public Encoding name() {
    return Encoding.PLAIN;
  }

  @Override
  public void encode(LongPage page, PageBytes out) {
    put(page.values(), page.count(), out);
  }

  static void put(long[] values, int count, PageBytes out) {
    int at = out.take(count * Long.BYTES);
    ByteBuffer.wrap(out.array(), at, count * Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .put(values, 0, count);
  }
}
