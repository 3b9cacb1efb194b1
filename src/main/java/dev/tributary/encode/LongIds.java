package dev.tributary.encode;

import java.util.Arrays;

/** Numbers distinct longs from 0 in the order they are met, without an object for each. */
final class LongIds {

  private static final int FIRST_SLOTS = 64;
  private static final int FREE = -1;

  private long[] keys = new long[FIRST_SLOTS];
  private int[] ids = free(FIRST_SLOTS);
  private int count;

  /** The number of a key, a new one if it was not met before. */
  int of(long key) {
    int slot = slot(keys, ids, key);
    if (ids[slot] != FREE) {
      return ids[slot];
    }
    if (2 * count >= keys.length) {
      grow();
      slot = slot(keys, ids, key);
    }
    keys[slot] = key;
    ids[slot] = count;
    return count++;
  }

  int count() {
    return count;
  }

  private void grow() {
    long[] more = new long[2 * keys.length];
    int[] theirs = free(2 * keys.length);
    for (int i = 0; i < keys.length; i++) {
      if (ids[i] != FREE) {
        int slot = slot(more, theirs, keys[i]);
        more[slot] = keys[i];
        theirs[slot] = ids[i];
      }
    }
    keys = more;
    ids = theirs;
  }

  private static int[] free(int slots) {
    int[] ids = new int[slots];
    Arrays.fill(ids, FREE);
    return ids;
  }

  private static int slot(long[] keys, int[] ids, long key) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed >>> 32) & (keys.length - 1);
    while (ids[slot] != FREE && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }
}
