package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import dev.tributary.testing.Counts;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounds and counts of every chunk and every page, beside those found by looking at each value. */
@SuppressWarnings(
    "NullAway") // each getter of the format's structs may be null; that fails the test
class StatisticsTest {

  private static final List<String> COLUMNS =
      List.of("time", "text", "real", "whole", "unsigned", "flag", "day");

  private static final Comparator<Object> BYTES =
      Comparator.comparing(value -> (byte[]) value, Arrays::compareUnsigned);

  /** How each type of column is ordered, by the format's definition of its logical type. */
  private static final Map<String, Comparator<Object>> ORDERS =
      Map.of(
          "time", Comparator.comparing(Long.class::cast),
          "text", BYTES,
          "real", Comparator.comparing(Double.class::cast),
          "whole", Comparator.comparing(Long.class::cast),
          "unsigned", (one, other) -> Long.compareUnsigned((Long) one, (Long) other),
          "flag", Comparator.comparing(Boolean.class::cast),
          "day", Comparator.comparing(Integer.class::cast));

  private final Path folder;

  StatisticsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void boundsAndCountsAreThoseOfTheValues() throws Exception {
    for (int seed = 0; seed < Counts.of(12, 200); seed++) {
      try (BufferAllocator memory = new RootAllocator(256 << 20)) {
        check(seed, memory);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void check(long seed, BufferAllocator memory) throws Exception {
    Table table = random(new SplittableRandom(seed));
    Path path = folder.resolve("rows.parquet");
    WrittenFile.of(path, WrittenFile.with(Format.PARQUET, TimestampUnit.NS), table, memory);
    byte[] file = Files.readAllBytes(path);
    int from = 0;
    for (RowGroup group : ParquetFooterTest.footer(file).getRow_groups()) {
      int to = from + (int) group.getNum_rows();
      for (int column = 0; column < COLUMNS.size(); column++) {
        Values values = new Values(table, column);
        ColumnChunk chunk = group.getColumns().get(column);
        checkChunk(values, from, to, chunk.getMeta_data().getStatistics());
        checkPages(values, from, to, chunk, file);
      }
      from = to;
    }
    assertThat(from).isEqualTo(table.rows().size());
  }

  private static void checkChunk(Values values, int from, int to, Statistics found) {
    assertThat(found.getNull_count()).as(values.name()).isEqualTo(values.nulls(from, to));
    if (values.bounded(from, to).isEmpty()) {
      assertThat(found.isSetMin_value() || found.isSetMax_value()).as(values.name()).isFalse();
    } else {
      values.requireBounds(from, to, found.getMin_value(), found.getMax_value());
    }
  }

  private static void checkPages(Values values, int from, int to, ColumnChunk chunk, byte[] file)
      throws Exception {
    OffsetIndex offsets =
        Util.readOffsetIndex(
            at(file, chunk.getOffset_index_offset(), chunk.getOffset_index_length()));
    List<PageLocation> pages = offsets.getPage_locations();
    if (!chunk.isSetColumn_index_offset()) {
      assertThat(values.name()).as("the only column that may lack an index").isEqualTo("real");
      return;
    }
    ColumnIndex index =
        Util.readColumnIndex(
            at(file, chunk.getColumn_index_offset(), chunk.getColumn_index_length()));
    List<Object> least = new ArrayList<>();
    List<Object> most = new ArrayList<>();
    for (int page = 0; page < pages.size(); page++) {
      int begin = from + (int) pages.get(page).getFirst_row_index();
      int end =
          page + 1 < pages.size() ? from + (int) pages.get(page + 1).getFirst_row_index() : to;
      assertThat(index.getNull_counts().get(page))
          .as("nulls of page %d of '%s'", page, values.name())
          .isEqualTo(values.nulls(begin, end));
      assertThat(index.getNull_pages().get(page))
          .as("page %d of '%s' is null", page, values.name())
          .isEqualTo(values.nulls(begin, end) == end - begin);
      if (!values.bounded(begin, end).isEmpty()) {
        byte[] min = bytes(index.getMin_values().get(page));
        byte[] max = bytes(index.getMax_values().get(page));
        values.requireBounds(begin, end, min, max);
        least.add(values.decode(min));
        most.add(values.decode(max));
      }
    }
    requireOrder(index.getBoundary_order(), values, least);
    requireOrder(index.getBoundary_order(), values, most);
  }

  private static void requireOrder(BoundaryOrder claimed, Values values, List<Object> bounds) {
    Comparator<Object> order = ORDERS.get(values.name());
    if (claimed == BoundaryOrder.ASCENDING) {
      assertThat(bounds).as(values.name()).isSortedAccordingTo(order);
    } else if (claimed == BoundaryOrder.DESCENDING) {
      assertThat(bounds).as(values.name()).isSortedAccordingTo(order.reversed());
    }
  }

  private static ByteArrayInputStream at(byte[] file, long offset, int length) {
    return new ByteArrayInputStream(file, (int) offset, length);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static Table random(SplittableRandom random) {
    Table table =
        Table.of(
            Table.nullable("time", Table.TIME_NS),
            Table.nullable("text", Table.TEXT),
            Table.nullable("real", Table.DOUBLE),
            Table.nullable("whole", Table.INT64),
            Table.nullable("unsigned", Table.UINT64),
            Table.nullable("flag", Table.BOOL),
            Table.nullable("day", Table.DATE));
    int rows = 1 + random.nextInt(70_000);
    int distinct = 1 + random.nextInt(random.nextBoolean() ? 5 : 100_000);
    int run = 1 + random.nextInt(30_000);
    for (int row = 0; row < rows; row++) {
      long value = random.nextInt(distinct) * (random.nextBoolean() ? 1L : -1L);
      int mood = row / run % 4;
      table.row(
          orNull(random, mood, (long) row),
          orNull(random, mood, text(random, value)),
          orNull(random, mood, real(random, mood, value)),
          orNull(random, mood, value * 0x1234_5678_9abcL),
          orNull(random, mood, value),
          orNull(random, mood, value > 0),
          orNull(random, mood, (int) value));
    }
    return table;
  }

  /** Now and then a long run of nulls, so that some pages have nothing else. */
  private static @Nullable Object orNull(SplittableRandom random, int mood, Object value) {
    return mood == 3 || (mood == 1 && random.nextInt(3) == 0) ? null : value;
  }

  private static String text(SplittableRandom random, long value) {
    String end = random.nextInt(50) == 0 ? "\u00e4\ud83d\ude00".repeat(30) : "";
    return value % 97 == 0 ? end : "room " + value + end;
  }

  private static double real(SplittableRandom random, int mood, long value) {
    return mood == 2 || random.nextInt(7) == 0
        ? Double.NaN
        : random.nextInt(9) == 0 ? (value < 0 ? -0.0 : 0.0) : value / 7.0;
  }

  /** One column, as it was given to be written. */
  private static final class Values {
    private final Table table;
    private final int column;

    Values(Table table, int column) {
      this.table = table;
      this.column = column;
    }

    String name() {
      Field field = table.fields().get(column);
      return field.getName();
    }

    long nulls(int from, int to) {
      return table.rows().subList(from, to).stream().filter(row -> row[column] == null).count();
    }

    /** What bounds are about: no nulls, and nothing that is not a number. */
    List<Object> bounded(int from, int to) {
      return table.rows().subList(from, to).stream()
          .map(row -> row[column])
          .filter(Objects::nonNull)
          .filter(value -> !(value instanceof Double real && Double.isNaN(real)))
          .map(value -> value instanceof String text ? utf8(text) : value)
          .toList();
    }

    private static Object utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    void requireBounds(int from, int to, byte[] min, byte[] max) {
      Comparator<Object> order = ORDERS.get(name());
      Object least = bounded(from, to).stream().min(order).orElseThrow();
      Object most = bounded(from, to).stream().max(order).orElseThrow();
      Object low = decode(min);
      Object high = decode(max);
      if (least instanceof byte[] shortest && most instanceof byte[] longest) {
        assertThat(BYTES.compare(low, shortest)).as("least of '%s'", name()).isNotPositive();
        assertThat(BYTES.compare(high, longest)).as("most of '%s'", name()).isNotNegative();
        assertThat(shortest).startsWith((byte[]) low);
        return;
      }
      if (least instanceof Double zero && zero == 0) {
        // a reader cannot know which zero it was
        least = -0.0;
      }
      if (most instanceof Double zero && zero == 0) {
        most = 0.0;
      }
      assertThat(low).as("least of '%s' in [%d, %d)", name(), from, to).isEqualTo(least);
      assertThat(high).as("most of '%s' in [%d, %d)", name(), from, to).isEqualTo(most);
    }

    Object decode(byte[] plain) {
      ByteBuffer buffer = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
      return switch (name()) {
        case "text" -> plain;
        case "real" -> buffer.getDouble();
        case "flag" -> plain[0] != 0;
        case "day" -> buffer.getInt();
        default -> buffer.getLong();
      };
    }
  }
}
