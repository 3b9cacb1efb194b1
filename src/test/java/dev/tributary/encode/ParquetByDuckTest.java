package dev.tributary.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Column;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What DuckDB, which shares no code with the writer, finds in written Parquet files. */
class ParquetByDuckTest {

  private static final Output NS = WrittenFile.with(Format.PARQUET, TimestampUnit.NS);

  private final Path folder;
  private final BufferAllocator memory = new RootAllocator(64 << 20);

  ParquetByDuckTest(@TempDir Path folder) {
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
  void everyHardValueComesBack() throws Exception {
    WrittenFile.of(file(), NS, Table.hardValues(), memory);

    assertThat(
            Duck.ask(
                file(),
                "SELECT epoch_ns(time), hex(room), temp, count, big, \"on\", day FROM FILE"))
        .containsExactly(
            List.of(
                "-1",
                "",
                "NaN",
                "-9223372036854775808",
                "18446744073709551615",
                "true",
                "1969-12-31"),
            List.of(
                "-1000000001",
                "4BC3BC63686520F09F8FA0",
                "Infinity",
                "9223372036854775807",
                "0",
                "false",
                "1970-01-01"),
            List.of("1700000000123456789", "null", "-Infinity", "null", "null", "null", "null"),
            List.of(
                "0", "61276222630A00", "-0.0", "0", "9223372036854775808", "true", "2024-10-04"),
            List.of("999", "6E756C6C", "null", "-1", "9223372036854775807", "false", "1915-03-31"),
            List.of("1700000000000000000", "null", "4.9E-324", "7", "7", "null", "1970-01-02"));
  }

  @ParameterizedTest
  @CsvSource({
    "NS, TIMESTAMP WITH TIME ZONE|TIMESTAMP_NS|TIMESTAMPTZ_NS, 0",
    "US, TIMESTAMP WITH TIME ZONE, 4",
    "MS, TIMESTAMP WITH TIME ZONE, 4"
  })
  void timesAreInstantsCutTowardsThePastAndCounted(TimestampUnit unit, String types, long cut)
      throws Exception {
    WrittenFile written =
        WrittenFile.of(file(), WrittenFile.with(Format.PARQUET, unit), Table.hardValues(), memory);

    long divisor = unit == TimestampUnit.NS ? 1 : unit == TimestampUnit.US ? 1_000 : 1_000_000;
    List<String> expected =
        Table.hardValues().rows().stream()
            .map(row -> Math.floorDiv((Long) row[0], divisor) * divisor)
            .map(String::valueOf)
            .toList();
    assertThat(Duck.ask(file(), "SELECT epoch_ns(time) FROM FILE"))
        .extracting(row -> row.get(0))
        .containsExactlyElementsOf(expected);
    assertThat(types.split("\\|"))
        .contains(Duck.ask(file(), "SELECT typeof(time) FROM FILE LIMIT 1").get(0).get(0));
    assertThat(written.content().truncated()).isEqualTo(cut);
    assertThat(written.content().first()).contains(Instant.parse("1969-12-31T23:59:58.999999999Z"));
    assertThat(written.content().last()).contains(Instant.parse("2023-11-14T22:13:20.123456789Z"));
  }

  @Test
  void aFileWithoutRowsHasItsColumns() throws Exception {
    WrittenFile written = WrittenFile.of(file(), NS, Table.hardValues().sub(0, 0), memory);

    assertThat(written.content().rows()).isZero();
    assertThat(written.content().first()).isEmpty();
    assertThat(Duck.ask(file(), "SELECT count(*) FROM FILE")).containsExactly(List.of("0"));
    assertThat(Duck.ask(file(), "SELECT name FROM parquet_schema(FILE)"))
        .extracting(row -> row.get(0))
        .containsExactly("rows", "time", "room", "temp", "count", "big", "on", "day");
  }

  @Test
  void columnsThatTheResultLacksAreTypedNullsInTheSettledOrder() throws Exception {
    Table table =
        Table.of(
                Table.nullable("b", ArrowType.Null.INSTANCE),
                Table.nullable("a", Table.DOUBLE),
                Table.nullable("later", ArrowType.Null.INSTANCE))
            .row(null, 1.5, null)
            .row(null, 2.5, null);
    List<Column> settled =
        List.of(
            new Column("gone", "uint64", true),
            new Column("a", "double", true),
            new Column("b", "timestamp[ms, UTC]", true));

    WrittenFile.of(file(), NS, List.of(table), settled, memory);

    assertThat(Duck.ask(file(), "SELECT * FROM FILE"))
        .containsExactly(List.of("null", "1.5", "null"), List.of("null", "2.5", "null"));
    assertThat(Duck.ask(file(), "SELECT typeof(gone), typeof(b) FROM FILE LIMIT 1"))
        .containsExactly(List.of("UBIGINT", "TIMESTAMP WITH TIME ZONE"));
  }

  @Test
  void smallRowGroupsAndManyPagesHoldEveryRowOnce() throws Exception {
    List<Table> tables = new ArrayList<>();
    for (int batch = 0; batch < 60; batch++) {
      Table table =
          Table.of(
              Table.required("time", Table.TIME_NS),
              Table.nullable("text", Table.TEXT),
              Table.nullable("number", Table.DOUBLE));
      for (int row = 0; row < 7_777; row++) {
        long n = batch * 7_777L + row;
        table.row(
            n * 1_000,
            n % 5 == 0 ? null : "row " + n * 2654435761L % 1_000_000_007L,
            n % 3 == 0 ? null : n / 7.0);
      }
      tables.add(table);
    }
    Output small =
        WrittenFile.output(Format.PARQUET, TimestampUnit.US, Output.TimestampLoss.COUNT, 1 << 10);

    WrittenFile.of(file(), small, tables, null, memory);

    assertThat(
            Duck.ask(
                file(),
                "SELECT count(*), sum(epoch_us(time)), count(text), count(number),"
                    + " count(*) FILTER (text = 'row ' || (epoch_us(time) * 2654435761 % 1000000007)),"
                    + " count(*) FILTER (number = epoch_us(time) / 7.0) FROM FILE"))
        .containsExactly(List.of("466620", "108866878890", "373296", "311080", "373296", "311080"));
    assertThat(
            Integer.parseInt(
                Duck.ask(file(), "SELECT num_row_groups FROM parquet_file_metadata(FILE)")
                    .get(0)
                    .get(0)))
        .isBetween(2, 30);
  }

  @Test
  void theFootersKeysTellTheStamp() throws Exception {
    WrittenFile written = WrittenFile.of(file(), NS, Table.hardValues(), memory);

    String keys =
        Duck.ask(
                file(),
                "SELECT decode(key) || '=' || decode(value) FROM parquet_kv_metadata(FILE)"
                    + " WHERE decode(key) LIKE 'tributary.%'")
            .stream()
            .map(row -> row.get(0))
            .collect(Collectors.joining("\n"));
    assertThat(keys)
        .contains("tributary.job=room-climate")
        .contains("tributary.rows=6")
        .contains("tributary.digest=" + written.content().digest());
  }

  /** Whatever the server's vectors are like; DataFusion likes views. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void stringsAndBinaryOfEveryMakeAreWrittenAlike(Format format) throws Exception {
    List<ArrowType> texts =
        List.of(ArrowType.Utf8.INSTANCE, ArrowType.LargeUtf8.INSTANCE, ArrowType.Utf8View.INSTANCE);
    List<ArrowType> binaries =
        List.of(
            ArrowType.Binary.INSTANCE,
            ArrowType.LargeBinary.INSTANCE,
            ArrowType.BinaryView.INSTANCE);
    Set<String> digests = new HashSet<>();
    for (int make = 0; make < texts.size(); make++) {
      Table table =
          Table.of(Table.nullable("s", texts.get(make)), Table.nullable("b", binaries.get(make)))
              .row("", new byte[0])
              .row(null, null)
              .row("Küche, far longer than a view holds inline", new byte[] {0, -1})
              .row("short", "far longer than a view holds inline".getBytes(UTF_8));

      WrittenFile written =
          WrittenFile.of(file(), WrittenFile.with(format, TimestampUnit.US), table, memory);

      digests.add(written.content().digest());
      if (format == Format.PARQUET) {
        assertThat(Duck.ask(file(), "SELECT s, typeof(s), hex(b), typeof(b) FROM FILE"))
            .containsExactly(
                List.of("", "VARCHAR", "", "BLOB"),
                List.of("null", "VARCHAR", "null", "BLOB"),
                List.of("Küche, far longer than a view holds inline", "VARCHAR", "00FF", "BLOB"),
                List.of(
                    "short",
                    "VARCHAR",
                    HexFormat.of()
                        .withUpperCase()
                        .formatHex("far longer than a view holds inline".getBytes(UTF_8)),
                    "BLOB"));
      }
      try (SeekableByteChannel channel = Files.newByteChannel(file())) {
        ReadBack read = ReadBack.of(channel, memory, Optional.empty()).orElseThrow();
        assertThat(read.content().digest()).isEqualTo(written.content().digest());
        assertThat(read.columns())
            .containsExactly(new Column("s", "string", true), new Column("b", "binary", true));
      }
    }
    assertThat(digests).hasSize(1);
  }
}
