package dev.tributary.encode.page;

import org.apache.parquet.column.Encoding;

/**
 * One of the format's ways to lay out a page's values, without a dictionary.
 *
 * @param <P> the pages it knows
 */
interface ValuesEncoding<P extends Page<?>> {

  /** Its name in the file. */
  Encoding name();

  /** Appends a page's values. */
  void encode(P page, PageBytes out);
}
