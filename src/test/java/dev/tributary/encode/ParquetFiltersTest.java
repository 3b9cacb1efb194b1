package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers skip row groups and pages by their statistics: wrong ones lose rows silently. */
class ParquetFiltersTest {

  private final Path folder;
  private final BufferAllocator memory = new RootAllocator(64 << 20);

  ParquetFiltersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private Path file() {
    return folder.resolve("rows.parquet");
  }

  @Test
  void filtersFindRowsBesideNotANumber() throws Exception {
    Table table = Table.of(Table.nullable("x", Table.DOUBLE));
    for (int row = 0; row < 60_000; row++) {
      table.row(row < 20_000 ? Double.NaN : row < 40_000 ? -0.0 : (double) row);
    }
    WrittenFile.of(file(), WrittenFile.with(Format.PARQUET, TimestampUnit.NS), table, memory);

    assertThat(
            Duck.ask(
                file(),
                "SELECT (SELECT count(*) FROM FILE WHERE x IS NOT NULL),"
                    + " (SELECT count(*) FROM FILE WHERE x = 0),"
                    + " (SELECT count(*) FROM FILE WHERE x < 40001),"
                    + " (SELECT count(*) FROM FILE WHERE isnan(x))"))
        .containsExactly(List.of("60000", "20000", "20001", "20000"));
  }

  @Test
  void filtersOnEveryTypeFindTheRowsThatThereAre() throws Exception {
    Random random = new Random(5);
    List<Table> tables = new ArrayList<>();
    Map<String, Long> expected = new LinkedHashMap<>();
    for (int batch = 0; batch < 40; batch++) {
      Table table =
          Table.of(
              Table.nullable("u", Table.UINT64),
              Table.nullable("i", Table.INT64),
              Table.nullable("s", Table.TEXT),
              Table.nullable("d", Table.DOUBLE),
              Table.nullable("t", Table.TIME_MS),
              Table.nullable("y", Table.DATE),
              Table.nullable("o", Table.BOOL));
      for (int row = 0; row < 2_000; row++) {
        long big = batch < 20 ? random.nextLong() >>> 1 : random.nextLong() | Long.MIN_VALUE;
        long number = random.nextLong() >> batch;
        String text = (batch < 20 ? "ab" : "ÿ") + Long.toString(random.nextLong(), 36);
        double decimal = random.nextGaussian() * (batch - 10);
        long time = random.nextLong() >> 24;
        int day = random.nextInt() >> 12;
        table.row(big, number, text, decimal, time, day, batch < 3);
        count(expected, "u > 9223372036854775807", big < 0);
        count(expected, "i > 1000000000000000000", number > 1_000_000_000_000_000_000L);
        count(expected, "s >= 'b'", !text.startsWith("a"));
        count(expected, "s < 'b'", text.startsWith("a"));
        count(expected, "d < -30", decimal < -30);
        count(expected, "t < TIMESTAMPTZ '1970-01-01 00:00:00+00'", time < 0);
        count(expected, "y >= DATE '1970-01-01'", day >= 0);
        count(expected, "o", batch < 3);
      }
      tables.add(table);
    }
    WrittenFile.of(
        file(),
        WrittenFile.output(Format.PARQUET, TimestampUnit.US, Output.TimestampLoss.COUNT, 1 << 20),
        tables,
        null,
        memory);

    assertThat(
            Integer.parseInt(
                Duck.ask(file(), "SELECT num_row_groups FROM parquet_file_metadata(FILE)")
                    .get(0)
                    .get(0)))
        .isGreaterThan(2);
    for (Map.Entry<String, Long> filter : expected.entrySet()) {
      assertThat(Duck.ask(file(), "SELECT count(*) FROM FILE WHERE " + filter.getKey()))
          .as(filter.getKey())
          .containsExactly(List.of(filter.getValue().toString()));
    }
  }

  private static void count(Map<String, Long> expected, String filter, boolean found) {
    expected.merge(filter, found ? 1L : 0L, Long::sum);
  }
}
