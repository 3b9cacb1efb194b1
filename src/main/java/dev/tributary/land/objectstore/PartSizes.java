package dev.tributary.land.objectstore;

/**
 * How large the parts of an upload are: 8 MiB at first, doubled after every thousandth part up to
 * 64 MiB. The ten thousand parts that stores allow then hold 492 GiB, and whoever writes less than
 * 7 GiB never needs more than 8 MiB of memory.
 */
final class PartSizes {

  static final int MOST = 10_000;
  static final int FIRST = 8 << 20;

  private static final int STEP = 1_000;
  private static final int DOUBLINGS = 3;

  private PartSizes() {}

  /** The size of a part, counted from 0. */
  static int of(int part) {
    return FIRST << Math.min(part / STEP, DOUBLINGS);
  }

  /** How many bytes fit into an object. */
  static long largest() {
    long sum = 0;
    for (int part = 0; part < MOST; part++) {
      sum += of(part);
    }
    return sum;
  }
}
