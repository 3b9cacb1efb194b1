package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the footer says, as the format's own structs hold it. */
@SuppressWarnings("NullAway") // each of their getters may be null; here that fails the test
class ParquetFooterTest {

  private final Path folder;
  private final BufferAllocator memory = new RootAllocator(256 << 20);

  ParquetFooterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private byte[] written(Table table) throws Exception {
    Path file = folder.resolve("rows.parquet");
    WrittenFile.of(file, WrittenFile.with(Format.PARQUET, TimestampUnit.US), table, memory);
    return Files.readAllBytes(file);
  }

  static FileMetaData footer(byte[] file) throws Exception {
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    return Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - length, length));
  }

  @Test
  void everyColumnIsZstdAndHasAPageIndex() throws Exception {
    Table table = Table.hardValues();
    for (int row = 0; row < 45_000; row++) {
      table.row((long) row, "room " + row, row / 3.0, (long) row, (long) row, row % 2 == 0, row);
    }
    byte[] file = written(table);

    for (ColumnChunk chunk : footer(file).getRow_groups().get(0).getColumns()) {
      assertThat(chunk.getMeta_data().getCodec()).isEqualTo(CompressionCodec.ZSTD);
      assertThat(chunk.getOffset_index_offset()).isPositive();
      OffsetIndex pages =
          Util.readOffsetIndex(
              new ByteArrayInputStream(
                  file, (int) chunk.getOffset_index_offset(), chunk.getOffset_index_length()));
      assertThat(pages.getPage_locations())
          .extracting(page -> page.getFirst_row_index())
          .containsExactly(0L, 20_000L, 40_000L);
    }
  }

  @Test
  void longStringsMakeSmallPages() throws Exception {
    Random random = new Random(3);
    Table table = Table.of(Table.nullable("text", Table.TEXT));
    for (int row = 0; row < 300; row++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 40_000) {
        text.append(Long.toHexString(random.nextLong()));
      }
      table.row(text.toString());
    }
    byte[] file = written(table);

    ColumnChunk chunk = footer(file).getRow_groups().get(0).getColumns().get(0);
    OffsetIndex pages =
        Util.readOffsetIndex(
            new ByteArrayInputStream(
                file, (int) chunk.getOffset_index_offset(), chunk.getOffset_index_length()));
    assertThat(pages.getPage_locations()).hasSizeGreaterThan(10);
    assertThat(pages.getPage_locations())
        .allMatch(page -> page.getCompressed_page_size() < (1 << 20) + 50_000);
  }

  @Test
  void aPageOfNothingButNotANumberIsNoPageOfNulls() throws Exception {
    Table table = Table.of(Table.nullable("x", Table.DOUBLE));
    for (int row = 0; row < 40_000; row++) {
      table.row(row < 20_000 ? Double.NaN : (double) row);
    }
    byte[] file = written(table);

    ColumnChunk chunk = footer(file).getRow_groups().get(0).getColumns().get(0);
    if (chunk.isSetColumn_index_offset()) {
      ColumnIndex index =
          Util.readColumnIndex(
              new ByteArrayInputStream(
                  file, (int) chunk.getColumn_index_offset(), chunk.getColumn_index_length()));
      assertThat(index.getNull_pages()).doesNotContain(true);
    }
    assertThat(chunk.getMeta_data().getStatistics().getNull_count()).isZero();
  }

  @Test
  void timesAreAdjustedToUtcAndWhatHasNoNullsIsRequired() throws Exception {
    FileMetaData footer = footer(written(Table.hardValues()));

    SchemaElement time = footer.getSchema().get(1);
    assertThat(time.getLogicalType().getTIMESTAMP().isIsAdjustedToUTC()).isTrue();
    assertThat(time.getLogicalType().getTIMESTAMP().getUnit().isSetMICROS()).isTrue();
    assertThat(time.getRepetition_type()).isEqualTo(FieldRepetitionType.REQUIRED);
    assertThat(footer.getSchema().get(2).getRepetition_type())
        .isEqualTo(FieldRepetitionType.OPTIONAL);
  }

  @Test
  void zerosOfBothSignsLieWithinTheBounds() throws Exception {
    byte[] file =
        written(Table.of(Table.nullable("x", Table.DOUBLE)).row(0.0).row(Double.NaN).row(0.0));

    ColumnChunk chunk = footer(file).getRow_groups().get(0).getColumns().get(0);
    assertThat(number(chunk.getMeta_data().getStatistics().getMin_value())).isEqualTo(-0.0);
    assertThat(number(chunk.getMeta_data().getStatistics().getMax_value())).isEqualTo(0.0);
  }

  private static double number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getDouble();
  }

  @Test
  void theSameRowsGiveTheSameBytes() throws Exception {
    assertThat(Arrays.equals(written(Table.hardValues()), written(Table.hardValues()))).isTrue();
  }
}
