package dev.tributary.encode.page;

import org.apache.parquet.column.Encoding;

/**
 * PLAIN for byte arrays: the length in four bytes, then the bytes; without lengths where all are
 * equally long by the column's type (Encodings.md, "Plain").
 */
final class PlainBytes implements ValuesEncoding<BytesPage> {

  private final boolean prefixed;

  /**
   * Lays out values.
   *
   * @param prefixed whether each value's length goes before it
   */
  PlainBytes(boolean prefixed) {
    this.prefixed = prefixed;
  }

  @Override
  public Encoding name() {
    return Encoding.PLAIN;
  }

  @Override
  public void encode(BytesPage page, PageBytes out) {
    put(page.data(), page.offsets(), page.count(), out);
  }

  void put(byte[] data, int[] offsets, int count, PageBytes out) {
    if (!prefixed) {
      out.put(data, offsets[0], offsets[count] - offsets[0]);
      return;
    }
    for (int i = 0; i < count; i++) {
      int length = offsets[i + 1] - offsets[i];
      int at = out.take(Integer.BYTES + length);
      out.setInt(at, length);
      System.arraycopy(data, offsets[i], out.array(), at + Integer.BYTES, length);
    }
  }
}
