package dev.tributary.encode;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.io.api.Binary;

/** One column of one row group, page by page. Confined to one thread. */
final class ColumnChunk {

  static final int PAGE_ROWS = 20_000;
  private static final long PAGE_BYTES = 1 << 20;

  private final ColumnType type;
  private final ColumnDescriptor column;
  private final boolean nullable;
  private final ValuesWriter values;
  private final ValuesWriter levels;
  private final PageWriter pages;
  private Statistics<?> statistics;
  private int rows;
  private long pageBytes;

  ColumnChunk(
      ColumnType type, ColumnDescriptor column, ParquetProperties properties, PageWriter pages) {
    this.type = type;
    this.column = column;
    this.nullable = column.getMaxDefinitionLevel() > 0;
    this.values = properties.newValuesWriter(column);
    this.levels = properties.newDefinitionLevelWriter(column);
    this.pages = pages;
    this.statistics = newStatistics();
  }

  private Statistics<?> newStatistics() {
    return Statistics.createStats(column.getPrimitiveType());
  }

  /** Appends the cells of rows {@code [from, to)}. */
  void append(Cells cells, int from, int to) throws IOException {
    for (int row = from; row < to; row++) {
      boolean absent = cells.isNull(row);
      if (nullable) {
        levels.writeInteger(absent ? 0 : 1);
      }
      if (absent) {
        statistics.incrementNumNulls();
      } else {
        value(cells, row);
      }
      rows++;
      if (rows == PAGE_ROWS || pageBytes > PAGE_BYTES) {
        endPage();
      }
    }
  }

  private void value(Cells cells, int row) {
    switch (type) {
      case STRING, BINARY -> {
        Binary bytes = Binary.fromConstantByteArray(cells.bytes(row));
        values.writeBytes(bytes);
        statistics.updateStats(bytes);
        pageBytes += bytes.length();
      }
      case DOUBLE -> {
        double number = Double.longBitsToDouble(cells.bits(row));
        values.writeDouble(number);
        // leaves out NaN and widens zero bounds to both signs by itself
        statistics.updateStats(number);
      }
      case BOOL -> {
        boolean flag = cells.bits(row) != 0;
        values.writeBoolean(flag);
        statistics.updateStats(flag);
      }
      case DATE -> {
        int day = (int) cells.bits(row);
        values.writeInteger(day);
        statistics.updateStats(day);
      }
      case TIMESTAMP_NS, TIMESTAMP_US, TIMESTAMP_MS, INT64, UINT64 -> {
        long number = cells.bits(row);
        values.writeLong(number);
        statistics.updateStats(number);
      }
    }
  }

  long bufferedBytes() {
    return pages.getMemSize() + values.getAllocatedSize() + levels.getAllocatedSize();
  }

  private void endPage() throws IOException {
    if (rows == 0) {
      return;
    }
    BytesInput data = values.getBytes();
    Encoding encoding = values.getEncoding();
    pages.writePage(
        BytesInput.concat(levels.getBytes(), data),
        rows,
        rows,
        statistics,
        Encoding.RLE,
        Encoding.RLE,
        encoding);
    values.reset();
    levels.reset();
    statistics = newStatistics();
    rows = 0;
    pageBytes = 0;
  }

  /** Ends the last page and writes the dictionary, where one was kept. */
  void end() throws IOException {
    endPage();
    DictionaryPage dictionary = values.toDictPageAndClose();
    if (dictionary != null) {
      pages.writeDictionaryPage(dictionary);
    }
    values.close();
    levels.close();
  }
}
