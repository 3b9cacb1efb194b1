package dev.tributary.land.objectstore;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/** Bytes being gathered for one request: grows up to the size that is asked of it. */
final class Body {

  private static final int FIRST = 1 << 16;

  private byte[] bytes;
  private int length;

  Body() {
    this(new byte[FIRST], 0);
  }

  private Body(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  static Body of(byte[] content) {
    return new Body(content, content.length);
  }

  int length() {
    return length;
  }

  /** Takes as much as fits below a limit; returns how much that was. */
  int take(byte[] source, int offset, int count, int limit) {
    int taken = Math.min(count, limit - length);
    if (length + taken > bytes.length) {
      int grown = (int) Math.min(limit, Math.max(2L * bytes.length, length + (long) taken));
      bytes = Arrays.copyOf(bytes, grown);
    }
    System.arraycopy(source, offset, bytes, length, taken);
    length += taken;
    return taken;
  }

  void clear() {
    length = 0;
  }

  /** CRC-32 of the bytes, big-endian, in Base64. */
  String crc32() {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }

  /** The bytes from their beginning, at each call anew. */
  InputStream stream() {
    return stream(0, length);
  }

  /** So many of the bytes, from a position. */
  InputStream stream(int from, int count) {
    return new ByteArrayInputStream(bytes, from, count);
  }

  void addTo(Checksum sum) {
    sum.update(bytes, 0, length);
  }
}
