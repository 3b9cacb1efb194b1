package dev.tributary.encode.page;

import java.util.Arrays;

/**
 * The values of one column of one batch, in arrays, where loops over them run fast. Filled anew for
 * every batch, so nothing is allocated for a row and little for a batch. Confined to one thread.
 */
public abstract class Cells {

  private int rows;
  private int nulls;
  private long[] present = new long[0];

  /**
   * Begins a batch, all of whose values are there.
   *
   * @param count rows of the batch
   */
  public void begin(int count) {
    rows = count;
    nulls = 0;
  }

  /** Begins a batch of nulls. */
  public void beginAbsent(int count) {
    begin(count);
    nulls = count;
    Arrays.fill(presence(), 0);
  }

  /**
   * The array in which to note which values are there: bit {@code row % 64} of word {@code row /
   * 64}, as in Arrow's validity bitmap. Counts only once {@link #absent} was called.
   */
  public long[] presence() {
    int words = Bits.words(rows);
    if (present.length < words) {
      present = new long[words];
    }
    return present;
  }

  /** Tells how many rows are null, by {@link #presence}. */
  public void absent(int count) {
    nulls = count;
  }

  /** Rows of the batch. */
  public int rows() {
    return rows;
  }

  /** Rows without a value. */
  public int nulls() {
    return nulls;
  }

  /** Whether a row has no value. */
  public boolean isNull(int row) {
    return nulls > 0 && !Bits.at(present, row);
  }

  /** Meaningful only when there are nulls. */
  long[] present() {
    return present;
  }
}
