package dev.tributary.encode.page;

import org.apache.parquet.column.Encoding;

/**
 * BYTE_STREAM_SPLIT: first the lowest byte of every value, then the next byte of every value, and
 * so on. Saves nothing by itself, but the bytes of sign and exponent, now side by side, compress
 * (Encodings.md, "Byte Stream Split").
 */
final class SplitBytes implements ValuesEncoding<LongPage> {

  private final int width;

  /**
   * Splits values.
   *
   * @param width bytes of a value, 4 or 8
   */
  SplitBytes(int width) {
    this.width = width;
  }

  @Override
  public Encoding name() {
    return Encoding.BYTE_STREAM_SPLIT;
  }

  @Override
  public void encode(LongPage page, PageBytes out) {
    int count = page.count();
    int at = out.take(count * width);
    if (width == Integer.BYTES) {
      quarter(page.values(), 0, count, out.array(), at);
    } else {
      quarter(page.values(), 0, count, out.array(), at);
      quarter(page.values(), Integer.SIZE, count, out.array(), at + 4 * count);
    }
  }

  /** Four streams in one pass: more would be more than the processor can keep writing to. */
  private static void quarter(long[] values, int shift, int count, byte[] out, int at) {
    int second = at + count;
    int third = second + count;
    int fourth = third + count;
    for (int i = 0; i < count; i++) {
      int bits = (int) (values[i] >>> shift);
      out[at + i] = (byte) bits;
      out[second + i] = (byte) (bits >>> 8);
      out[third + i] = (byte) (bits >>> 16);
      out[fourth + i] = (byte) (bits >>> 24);
    }
  }
}
