package dev.tributary.encode.page;

import org.apache.parquet.column.statistics.Statistics;

/** Bounds of values of at most 64 bits, one loop for each order. */
enum LongBounds implements Bounds<LongPage> {
  BOOLEAN {
    @Override
    void add(long[] values, int count, Statistics<?> statistics) {
      long any = 0;
      long all = 1;
      for (int i = 0; i < count; i++) {
        any |= values[i];
        all &= values[i];
      }
      statistics.updateStats(any != 0);
      statistics.updateStats(all != 0);
    }
  },

  /** Signed, and unsigned ones of fewer than 32 bits. */
  INT {
    @Override
    void add(long[] values, int count, Statistics<?> statistics) {
      statistics.updateStats((int) least(values, count, 0));
      statistics.updateStats((int) greatest(values, count, 0));
    }
  },

  LONG {
    @Override
    void add(long[] values, int count, Statistics<?> statistics) {
      statistics.updateStats(least(values, count, 0));
      statistics.updateStats(greatest(values, count, 0));
    }
  },

  /** Turning the highest bit around makes the unsigned order the signed one. */
  UNSIGNED_LONG {
    @Override
    void add(long[] values, int count, Statistics<?> statistics) {
      statistics.updateStats(least(values, count, Long.MIN_VALUE) ^ Long.MIN_VALUE);
      statistics.updateStats(greatest(values, count, Long.MIN_VALUE) ^ Long.MIN_VALUE);
    }
  },

  /**
   * NaN is above and below nothing and is only counted; zeros of either sign are widened to both by
   * the library (parquet.thrift, ColumnOrder).
   */
  DOUBLE {
    @Override
    void add(long[] values, int count, Statistics<?> statistics) {
      double least = Double.POSITIVE_INFINITY;
      double greatest = Double.NEGATIVE_INFINITY;
      int unordered = 0;
      for (int i = 0; i < count; i++) {
        double value = Double.longBitsToDouble(values[i]);
        least = value < least ? value : least;
        greatest = value > greatest ? value : greatest;
        unordered += Double.isNaN(value) ? 1 : 0;
      }
      statistics.incrementNanCount(unordered);
      if (unordered < count) {
        statistics.updateStats(least);
        statistics.updateStats(greatest);
      }
    }
  },

  /** As {@link #DOUBLE}. */
  FLOAT {
    @Override
    void add(long[] values, int count, Statistics<?> statistics) {
      float least = Float.POSITIVE_INFINITY;
      float greatest = Float.NEGATIVE_INFINITY;
      int unordered = 0;
      for (int i = 0; i < count; i++) {
        float value = Float.intBitsToFloat((int) values[i]);
        least = value < least ? value : least;
        greatest = value > greatest ? value : greatest;
        unordered += Float.isNaN(value) ? 1 : 0;
      }
      statistics.incrementNanCount(unordered);
      if (unordered < count) {
        statistics.updateStats(least);
        statistics.updateStats(greatest);
      }
    }
  };

  @Override
  public void of(LongPage page, Statistics<?> statistics) {
    if (page.count() > 0) {
      add(page.values(), page.count(), statistics);
    }
  }

  /** Adds the bounds of at least one value. */
  abstract void add(long[] values, int count, Statistics<?> statistics);

  private static long least(long[] values, int count, long turned) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, values[i] ^ turned);
    }
    return least;
  }

  private static long greatest(long[] values, int count, long turned) {
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      greatest = Math.max(greatest, values[i] ^ turned);
    }
    return greatest;
  }
}
