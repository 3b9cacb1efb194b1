package dev.tributary.encode.page;

import org.apache.parquet.column.statistics.Statistics;

/**
 * Finds a page's least and greatest value, in the order that the format gives the column's type.
 *
 * @param <P> the pages it knows
 */
interface Bounds<P extends Page<?>> {

  /** Tells a page's statistics of its values; of its nulls they are told elsewhere. */
  void of(P page, Statistics<?> statistics);
}
