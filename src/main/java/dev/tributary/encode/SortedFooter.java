package dev.tributary.encode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Util;

/**
 * Notes in a Parquet footer by which columns each row group is sorted ({@code sorting_columns} of
 * parquet.thrift's RowGroup), for which parquet-java's writer has no setting.
 */
final class SortedFooter {

  /** The footer's length, and the magic bytes: what every Parquet file ends with. */
  private static final int END_BYTES = 8;

  private SortedFooter() {}

  /**
   * The end of a file with the note in its footer.
   *
   * @param end the last bytes of a file, its whole footer among them
   * @param places of the columns in the file, the most significant first
   */
  static byte[] of(byte[] end, List<Integer> places) throws IOException {
    int footerEnd = end.length - END_BYTES;
    int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(footerEnd);
    int begin = footerEnd - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(end, begin, length));
    List<SortingColumn> columns =
        places.stream().map(place -> new SortingColumn(place, false, false)).toList();
    for (RowGroup group :
        Objects.requireNonNull(footer.getRow_groups(), "required by the format")) {
      group.setSorting_columns(columns);
    }

    ByteArrayOutputStream noted = new ByteArrayOutputStream(end.length);
    noted.write(end, 0, begin);
    Util.writeFileMetaData(footer, noted);
    ByteBuffer ending = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ending.putInt(noted.size() - begin);
    ending.put(end, footerEnd + Integer.BYTES, Integer.BYTES);
    noted.write(ending.array());
    return noted.toByteArray();
  }
}
