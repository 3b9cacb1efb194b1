package dev.tributary.encode.page;

import java.util.Arrays;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A page of values that are bytes. */
final class BytesPage extends Page<BytesCells> {

  /** Bytes of values for each row that a page may have; a single value may be larger than all. */
  private static final int BYTES_PER_ROW = 50;

  private final int maxBytes;
  private byte[] data = new byte[0];
  private int[] offsets = new int[1];
  private long[] hashes = new long[0];

  BytesPage(int maxRows) {
    super(maxRows);
    this.maxBytes = maxRows * BYTES_PER_ROW;
  }

  byte[] data() {
    return data;
  }

  /** Value {@code i} lies at {@code [offsets[i], offsets[i + 1])}. */
  int[] offsets() {
    return offsets;
  }

  /** A hash of each value. */
  long[] hashes() {
    return hashes;
  }

  @Override
  int fitting(BytesCells cells, int from, int to) {
    int[] ends = cells.offsets();
    int room = maxBytes - offsets[count()];
    if (ends[to] - ends[from] <= room) {
      return to - from;
    }
    int row = from;
    while (row < to && ends[row + 1] - ends[from] <= room) {
      row++;
    }
    return row == from && rows() == 0 ? 1 : row - from;
  }

  @Override
  void values(BytesCells cells, int from, int to) {
    int count = count();
    int[] ends = cells.offsets();
    reserve(count + to - from, offsets[count] + ends[to] - ends[from]);
    if (cells.nulls() == 0) {
      System.arraycopy(cells.data(), ends[from], data, offsets[count], ends[to] - ends[from]);
      System.arraycopy(cells.hashes(), from, hashes, count, to - from);
      int shift = offsets[count] - ends[from];
      for (int row = from; row < to; row++) {
        offsets[++count] = ends[row + 1] + shift;
      }
      return;
    }
    for (int row = from; row < to; row++) {
      if (!cells.isNull(row)) {
        int length = ends[row + 1] - ends[row];
        System.arraycopy(cells.data(), ends[row], data, offsets[count], length);
        hashes[count] = cells.hashes()[row];
        offsets[count + 1] = offsets[count] + length;
        count++;
      }
    }
  }

  private void reserve(int values, int bytes) {
    if (hashes.length < values) {
      int room = Math.max(values, Math.min(2 * hashes.length, maxRows()));
      hashes = Arrays.copyOf(hashes, room);
      offsets = Arrays.copyOf(offsets, room + 1);
    }
    if (data.length < bytes) {
      data = Arrays.copyOf(data, Math.max(bytes, Math.min(2 * data.length, maxBytes)));
    }
  }

  @Override
  void insertInto(BloomFilter filter, PrimitiveTypeName type) {
    for (int i = 0; i < count(); i++) {
      Binary value = Binary.fromConstantByteArray(data, offsets[i], offsets[i + 1] - offsets[i]);
      filter.insertHash(filter.hash(value));
    }
  }

  @Override
  void clear() {
    super.clear();
    if (data.length > 2 * maxBytes) {
      // one huge value is no reason to keep as much for ever
      data = new byte[0];
    }
  }

  @Override
  long bytes() {
    return offsets[count()];
  }
}
