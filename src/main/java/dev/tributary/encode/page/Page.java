package dev.tributary.encode.page;

import java.util.Arrays;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Rows of one column that become one page: which of them have a value, and the values that are
 * there, without gaps. Handed from the thread that fills it to one that encodes it, and back.
 *
 * @param <C> the cells it is filled from
 */
abstract class Page<C extends Cells> {

  private final int maxRows;
  private long[] present = new long[0];
  private int rows;
  private int nulls;

  Page(int maxRows) {
    this.maxRows = maxRows;
  }

  final int maxRows() {
    return maxRows;
  }

  /** Rows, with and without a value. */
  final int rows() {
    return rows;
  }

  final int nulls() {
    return nulls;
  }

  /** Values that are there. */
  final int count() {
    return rows - nulls;
  }

  /** Bit {@code row} tells whether that row has a value. */
  final long[] present() {
    return present;
  }

  /**
   * Takes rows {@code [from, to)}, as many as fit.
   *
   * @return rows taken; none when the page is full
   */
  final int append(C cells, int from, int to) {
    int most = fitting(cells, from, Math.min(to, from + maxRows - rows));
    if (most > 0) {
      values(cells, from, from + most);
      levels(cells, from, most);
    }
    return most;
  }

  private void levels(C cells, int from, int count) {
    int words = Bits.words(rows + count);
    if (present.length < words) {
      present = Arrays.copyOf(present, Math.max(words, 2 * present.length));
    }
    if (cells.nulls() == 0) {
      Bits.fill(present, rows, count);
    } else {
      Bits.copy(cells.present(), from, present, rows, count);
      nulls += count - Bits.count(cells.present(), from, count);
    }
    rows += count;
  }

  void clear() {
    rows = 0;
    nulls = 0;
  }

  /** How many of the rows {@code [from, to)} fit; at least one into an empty page. */
  abstract int fitting(C cells, int from, int to);

  /** Adds the values that are there. */
  abstract void values(C cells, int from, int to);

  /** Tells a bloom filter which values are there. */
  abstract void insertInto(BloomFilter filter, PrimitiveTypeName type);

  /** What its values amount to. */
  abstract long bytes();
}
