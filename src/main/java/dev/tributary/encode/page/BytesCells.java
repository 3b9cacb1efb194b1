package dev.tributary.encode.page;

import java.util.Arrays;

/**
 * Cells of bytes: UTF-8 of strings, binary as it is, large decimals big-endian. Row {@code i} lies
 * at {@code [offsets[i], offsets[i + 1])} of the data. A null's bytes mean nothing.
 */
public final class BytesCells extends Cells {

  private byte[] data = new byte[0];
  private int[] offsets = new int[1];
  private long[] hashes = new long[0];

  /** The offsets to fill, one more than rows. */
  public int[] offsets() {
    if (offsets.length <= rows()) {
      offsets = new int[rows() + 1];
    }
    return offsets;
  }

  /** The data to fill; what it held is lost when it has to grow. */
  public byte[] data(int length) {
    if (data.length < length) {
      data = new byte[length + length / 2];
    }
    return data;
  }

  /** The data to read, or to fill further; what it holds stays when it has to grow. */
  public byte[] grown(int length) {
    if (data.length < length) {
      data = Arrays.copyOf(data, length + length / 2);
    }
    return data;
  }

  /** The data as it is. */
  public byte[] data() {
    return data;
  }

  /** Computes the hashes of a batch whose data and offsets were filled. */
  public void hashed() {
    if (hashes.length < rows()) {
      hashes = new long[rows()];
    }
    for (int row = 0; row < rows(); row++) {
      hashes[row] = ByteHash.of(data, offsets[row], offsets[row + 1]);
    }
  }

  /** A hash of 64 bits of each row's bytes. */
  public long[] hashes() {
    return hashes;
  }

  /** A copy of a row's bytes. */
  public byte[] bytes(int row) {
    return Arrays.copyOfRange(data, offsets[row], offsets[row + 1]);
  }
}
