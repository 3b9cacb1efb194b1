package dev.tributary.encode.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of bytes, eight at a time: equal bytes have equal hashes, on every machine and in every
 * version, for the content digest is made of them.
 */
public final class ByteHash {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private ByteHash() {}

  /** The hash of {@code [from, to)}. */
  public static long of(byte[] bytes, int from, int to) {
    // one more than the length: no bytes at all are not the number zero
    long hash = (to - from + 1) * MULTIPLIER;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = step(hash, (long) LONG.get(bytes, at));
    }
    if (at < to) {
      long rest = 0;
      for (int shift = 0; at < to; at++, shift += Byte.SIZE) {
        rest |= (bytes[at] & 0xffL) << shift;
      }
      hash = step(hash, rest);
    }
    return mixed(hash);
  }

  private static long step(long hash, long word) {
    long mixed = (hash ^ word) * 0xbf58476d1ce4e5b9L;
    return mixed ^ mixed >>> 29;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom numbers). */
  public static long mixed(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
