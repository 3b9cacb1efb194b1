package dev.tributary.encode.page;

/**
 * Cells of at most 64 bits each: integers, times and days as they are, unsigned ones with zeros
 * above, booleans as 0 or 1, doubles and floats as their raw bits. A null's value means nothing.
 */
public final class LongCells extends Cells {

  private long[] values = new long[0];

  /** The array to fill, or to read; long enough for the batch begun last. */
  public long[] values() {
    if (values.length < rows()) {
      values = new long[rows()];
    }
    return values;
  }
}
