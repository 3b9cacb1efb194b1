package dev.tributary.encode.page;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;

/** A dictionary of values of at most 64 bits: a hash table with open addressing. */
final class LongDictionary implements Dictionary<LongPage> {

  private static final int SMALLEST = 1 << 7;

  /** Longs in the table for each value: with three of four pairs free, most are found at once. */
  private static final int ROOM = 8;

  private final boolean ints;
  private final LongBounds bounds;

  /** Pairs of a value and its number plus one; a number of zero is a free place. */
  private long[] table = new long[ROOM * SMALLEST];

  /** What is left of a product shifted by it is the index of a pair. */
  private int shift = Long.numberOfLeadingZeros(ROOM / 2 * SMALLEST - 1);

  private long[] values = new long[SMALLEST];
  private int entries;

  /**
   * An empty dictionary.
   *
   * @param ints whether the column's type has four bytes
   */
  LongDictionary(boolean ints, LongBounds bounds) {
    this.ints = ints;
    this.bounds = bounds;
  }

  @Override
  public boolean number(LongPage page, int from, int to, int[] ids) {
    long[] all = page.values();
    long[] places = table;
    int mask = places.length - 1;
    int id = -1;
    long last = 0;
    for (int i = from; i < to; i++) {
      long value = all[i];
      if (value != last || id < 0) {
        int at = place(value);
        while (places[at] != value && places[at + 1] != 0) {
          at = (at + 2) & mask;
        }
        id = (int) places[at + 1] - 1;
        if (id < 0) {
          id = added(value, at);
          places = table;
          mask = places.length - 1;
          if (bytes() > MAX_BYTES) {
            return false;
          }
        }
        last = value;
      }
      ids[i] = id;
    }
    return true;
  }

  /** The uppermost bits of a product depend on all bits of the value. */
  private int place(long value) {
    return (int) (((value ^ value >>> 32) * 0x9e3779b97f4a7c15L) >>> shift) << 1;
  }

  private int added(long value, int at) {
    if (entries == values.length) {
      values = Arrays.copyOf(values, 2 * entries);
      table = new long[2 * ROOM * entries];
      shift--;
      for (int id = 0; id < entries; id++) {
        put(values[id], id);
      }
      put(value, entries);
    } else {
      table[at] = value;
      table[at + 1] = entries + 1L;
    }
    values[entries] = value;
    return entries++;
  }

  private void put(long value, int id) {
    int at = place(value);
    while (table[at + 1] != 0) {
      at = (at + 2) & (table.length - 1);
    }
    table[at] = value;
    table[at + 1] = id + 1L;
  }

  @Override
  public int entries() {
    return entries;
  }

  @Override
  public int bytes() {
    return entries * (ints ? Integer.BYTES : Long.BYTES);
  }

  @Override
  public void bounds(LongPage page, int[] ids, Statistics<?> statistics) {
    bounds.of(page, statistics);
  }

  @Override
  public void encode(int count, PageBytes out) {
    if (ints) {
      PlainInts.put(values, count, out);
    } else {
      PlainLongs.put(values, count, out);
    }
  }

  @Override
  public void clear() {
    Arrays.fill(table, 0);
    entries = 0;
  }
}
