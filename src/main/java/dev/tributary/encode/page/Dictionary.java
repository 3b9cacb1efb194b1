package dev.tributary.encode.page;

import org.apache.parquet.column.statistics.Statistics;

/**
 * The distinct values of a chunk, numbered as they come. Pages hold the numbers, and the values are
 * written once, PLAIN, on a page before them (Encodings.md, "Dictionary Encoding").
 *
 * @param <P> the pages it knows
 */
interface Dictionary<P extends Page<?>> {

  /** Bytes of values at most, so that a reader can keep a dictionary in its nearest cache. */
  int MAX_BYTES = 1 << 20;

  /**
   * Looks up values {@code [from, to)} of a page and adds those that are new.
   *
   * @param ids where the number of each goes
   * @return false, before all were looked up, if the dictionary grew beyond {@link #MAX_BYTES}
   */
  boolean number(P page, int from, int to, int[] ids);

  /** Distinct values so far. */
  int entries();

  /** Bytes that its values take, laid out. */
  int bytes();

  /**
   * Tells a page's statistics of its values.
   *
   * @param ids their numbers
   */
  void bounds(P page, int[] ids, Statistics<?> statistics);

  /** Appends the first values, as many as pages refer to. */
  void encode(int entries, PageBytes out);

  /** Forgets everything: a new chunk begins. */
  void clear();
}
