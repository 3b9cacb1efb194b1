package dev.tributary.encode.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/** Bytes of a page under construction, little-endian. The array is kept from page to page. */
final class PageBytes {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 10];
  private int length;

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  /** Forgets what was written after a length. */
  void truncate(int to) {
    length = to;
  }

  BytesInput input() {
    return BytesInput.from(bytes, 0, length);
  }

  /**
   * Makes room and takes it: the caller fills {@link #array} from the returned place on.
   *
   * @return where the room begins
   */
  int take(int count) {
    int at = length;
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
    length += count;
    return at;
  }

  /** The bytes; another array after the next {@link #take}. */
  byte[] array() {
    return bytes;
  }

  void put(int value) {
    int at = take(1);
    bytes[at] = (byte) value;
  }

  void putInt(int value) {
    int at = take(Integer.BYTES);
    INT.set(bytes, at, value);
  }

  /** Sets four bytes that were taken before. */
  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  void put(byte[] source, int from, int count) {
    int at = take(count);
    System.arraycopy(source, from, bytes, at, count);
  }

  /** ULEB128, as the format's variable-length integers are. */
  void putVarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      put((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    put((int) rest);
  }

  /** A signed number as an unsigned one: 0, -1, 1, -2, 2… */
  void putZigzag(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }
}
