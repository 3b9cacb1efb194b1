package dev.tributary.encode.page;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/** Bounds of byte arrays: unsigned, byte by byte; of decimals, whose first byte has the sign. */
final class BytesBounds implements Bounds<BytesPage> {

  private final boolean signed;
  private byte[] data = new byte[0];
  private int least;
  private int leastEnd;
  private int greatest;
  private int greatestEnd;
  private boolean any;

  /**
   * Finds bounds.
   *
   * @param signed whether values are big-endian numbers of equal length
   */
  BytesBounds(boolean signed) {
    this.signed = signed;
  }

  @Override
  public void of(BytesPage page, Statistics<?> statistics) {
    begin(page.data());
    int[] offsets = page.offsets();
    for (int i = 0; i < page.count(); i++) {
      add(offsets[i], offsets[i + 1]);
    }
    end(statistics);
  }

  /** Begins to look at values that lie in an array. */
  void begin(byte[] bytes) {
    data = bytes;
    any = false;
  }

  void add(int from, int to) {
    if (!any || compare(from, to, least, leastEnd) < 0) {
      least = from;
      leastEnd = to;
    }
    if (!any || compare(from, to, greatest, greatestEnd) > 0) {
      greatest = from;
      greatestEnd = to;
    }
    any = true;
  }

  private int compare(int from, int to, int other, int otherEnd) {
    if (signed && from < to && data[from] < 0 != data[other] < 0) {
      return data[from] < 0 ? -1 : 1;
    }
    return Arrays.compareUnsigned(data, from, to, data, other, otherEnd);
  }

  void end(Statistics<?> statistics) {
    if (any) {
      statistics.updateStats(
          Binary.fromConstantByteArray(Arrays.copyOfRange(data, least, leastEnd)));
      statistics.updateStats(
          Binary.fromConstantByteArray(Arrays.copyOfRange(data, greatest, greatestEnd)));
    }
  }
}
