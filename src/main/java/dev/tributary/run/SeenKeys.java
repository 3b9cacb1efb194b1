package dev.tributary.run;

import dev.tributary.job.ObjectKey;
import java.util.Arrays;

/**
 * Keys that were met, eight bytes each, so that half a million need four mebibytes. Two keys are
 * taken for one another once in 10^8 sets of that size. Safe for use by several threads.
 */
final class SeenKeys {

  private static final long PRIME = 0x100000001b3L;

  private long[] hashes = new long[64];
  private int count;
  private boolean sorted;

  synchronized void add(ObjectKey key) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    hashes[count++] = hash(key.value());
    sorted = false;
  }

  synchronized boolean contains(ObjectKey key) {
    if (!sorted) {
      Arrays.sort(hashes, 0, count);
      sorted = true;
    }
    return Arrays.binarySearch(hashes, 0, count, hash(key.value())) >= 0;
  }

  /** FNV-1a over UTF-16 units, then mixed so that every bit counts. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }
}
