package dev.tributary.encode.page;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;

/** A dictionary of byte arrays: a hash table over the hashes that came with the values. */
final class BytesDictionary implements Dictionary<BytesPage> {

  private static final int SMALLEST = 1 << 8;

  private final PlainBytes layout;
  private final int overhead;
  private final BytesBounds bounds;

  /** Numbers plus one; zero is a free place. */
  private int[] table = new int[SMALLEST];

  private long[] hashes = new long[SMALLEST / 2];
  private int[] offsets = new int[SMALLEST / 2 + 1];
  private byte[] data = new byte[1 << 10];

  /** By number, the last page on which the value was seen. */
  private int[] seen = new int[SMALLEST / 2];

  private int entries;
  private int pages;

  /**
   * An empty dictionary.
   *
   * @param prefixed whether each value's length is written before it
   */
  BytesDictionary(boolean prefixed, BytesBounds bounds) {
    this.layout = new PlainBytes(prefixed);
    this.overhead = prefixed ? Integer.BYTES : 0;
    this.bounds = bounds;
  }

  @Override
  public boolean number(BytesPage page, int from, int to, int[] ids) {
    for (int i = from; i < to; i++) {
      int before = entries;
      ids[i] = number(page, i);
      if (entries > before && bytes() > MAX_BYTES) {
        return false;
      }
    }
    return true;
  }

  private int number(BytesPage page, int value) {
    long hash = page.hashes()[value];
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      int id = table[at] - 1;
      if (hashes[id] == hash && isEqual(id, page, value)) {
        return id;
      }
      at = (at + 1) & mask;
    }
    return added(hash, page, value, at);
  }

  private boolean isEqual(int id, BytesPage page, int value) {
    return Arrays.equals(
        data,
        offsets[id],
        offsets[id + 1],
        page.data(),
        page.offsets()[value],
        page.offsets()[value + 1]);
  }

  private int added(long hash, BytesPage page, int value, int at) {
    if (entries == hashes.length) {
      grow();
      put(hash, entries);
    } else {
      table[at] = entries + 1;
    }
    hashes[entries] = hash;
    int length = page.offsets()[value + 1] - page.offsets()[value];
    int end = offsets[entries] + length;
    if (data.length < end) {
      data = Arrays.copyOf(data, Math.max(end, 2 * data.length));
    }
    System.arraycopy(page.data(), page.offsets()[value], data, offsets[entries], length);
    offsets[entries + 1] = end;
    return entries++;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * entries);
    offsets = Arrays.copyOf(offsets, 2 * entries + 1);
    seen = Arrays.copyOf(seen, 2 * entries);
    table = new int[4 * entries];
    for (int id = 0; id < entries; id++) {
      put(hashes[id], id);
    }
  }

  private void put(long hash, int id) {
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      at = (at + 1) & mask;
    }
    table[at] = id + 1;
  }

  @Override
  public int entries() {
    return entries;
  }

  @Override
  public int bytes() {
    return offsets[entries] + overhead * entries;
  }

  /** Compares each distinct value of the page once. */
  @Override
  public void bounds(BytesPage page, int[] ids, Statistics<?> statistics) {
    pages++;
    bounds.begin(data);
    int count = page.count();
    for (int i = 0; i < count; i++) {
      int id = ids[i];
      if (seen[id] != pages) {
        seen[id] = pages;
        bounds.add(offsets[id], offsets[id + 1]);
      }
    }
    bounds.end(statistics);
  }

  @Override
  public void encode(int count, PageBytes out) {
    layout.put(data, offsets, count, out);
  }

  @Override
  public void clear() {
    Arrays.fill(table, 0);
    Arrays.fill(seen, 0);
    entries = 0;
    pages = 0;
  }
}
