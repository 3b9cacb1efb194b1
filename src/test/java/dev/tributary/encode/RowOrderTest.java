package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of jobs that claim an order. */
@SuppressWarnings(
    "NullAway") // each getter of the format's structs may be null; that fails the test
class RowOrderTest {

  private final Path folder;
  private final BufferAllocator memory = new RootAllocator(256 << 20);

  RowOrderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private static Output sorted(Format format, String... columns) {
    Output d = Output.DEFAULT;
    return new Output(
        format,
        d.timestamps(),
        d.timestampLoss(),
        d.columns(),
        d.types(),
        d.schema(),
        d.emptyFile(),
        d.partitionBy(),
        List.of(columns),
        d.successMarker(),
        d.compression(),
        d.compressionLevel(),
        1 << 20,
        d.bloomFilters());
  }

  private static Table rooms() {
    return Table.of(
        Table.required("time", Table.TIME_NS),
        Table.nullable("room", Table.TEXT),
        Table.nullable("temp", Table.DOUBLE),
        Table.nullable("id", Table.UINT64));
  }

  private Path write(Output output, Table... batches) throws Exception {
    Path file = folder.resolve("rows.parquet");
    WrittenFile.of(file, output, List.of(batches), null, memory);
    return file;
  }

  private Failure refused(Output output, Table... batches) {
    Failure failure = catchThrowableOfType(Failure.class, () -> write(output, batches));
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  @Test
  void theFootersOfAllRowGroupsNameTheColumnsAndReadersStillReadTheFile() throws Exception {
    Table table = rooms();
    Random random = new Random(11);
    for (int row = 0; row < 120_000; row++) {
      table.row(row * 1_000L, "room " + row / 50_000, random.nextDouble(), random.nextLong());
    }

    Path file = write(sorted(Format.PARQUET, "room", "time"), table);

    List<RowGroup> groups = ParquetFooterTest.footer(Files.readAllBytes(file)).getRow_groups();
    assertThat(groups).hasSizeGreaterThan(1);
    for (RowGroup group : groups) {
      assertThat(group.getSorting_columns())
          .containsExactly(new SortingColumn(1, false, false), new SortingColumn(0, false, false));
    }
    assertThat(Duck.ask(file, "SELECT count(*), count(DISTINCT room), max(temp) < 1 FROM FILE"))
        .containsExactly(List.of("120000", "3", "true"));
    assertThat(ParquetJava.columns(file).get(1)).hasSize(120_000);
  }

  @Test
  void filesOfJobsThatClaimNoOrderSayNothingOfOne() throws Exception {
    Path file = write(sorted(Format.PARQUET), rooms().row(0L, "a", 1.0, 1L));

    assertThat(ParquetFooterTest.footer(Files.readAllBytes(file)).getRow_groups().get(0))
        .matches(group -> !group.isSetSorting_columns());
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aRowOutOfOrderIsRefusedByItsNumberWithinABatchAndAcrossTwo(Format format) {
    Output output = sorted(format, "room", "time");
    Table hall = rooms().row(5_000L, "hall", 1.0, 1L).row(6_000L, "hall", 1.0, 1L);

    assertThat(refused(output, rooms().row(0L, "hall", 1.0, 1L).row(0L, "attic", 1.0, 1L)))
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
              assertThat(failure.sentence())
                  .contains("row 2 of the result sorts before the row above it")
                  .endsWith("end the query with ORDER BY room, time, or leave 'sort' out");
            });
    assertThat(refused(output, hall, rooms().row(5_000L, "hall", 1.0, 1L)).sentence())
        .contains("row 3 of the result");
    assertThat(catchThrowableOfType(Exception.class, () -> write(output, hall, hall.sub(1, 2))))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"room", "temp", "id"})
  void theOrderIsThatOfAnOrderByWithNullsLast(String column) throws Exception {
    List<Object[]> values = new ArrayList<>();
    Random random = new Random(12);
    for (String room : new String[] {"", "Z", "a", "ab", "z", "\u00e4", "\uffee", "\ud83d\ude00"}) {
      values.add(new Object[] {room, random.nextDouble(), random.nextLong()});
    }
    for (double temp :
        new double[] {Double.NEGATIVE_INFINITY, -1, -0.0, 0.0, 1, Double.MAX_VALUE, Double.NaN}) {
      values.add(new Object[] {"r", temp, Double.doubleToRawLongBits(temp)});
    }
    int place = List.of("room", "temp", "id").indexOf(column);
    values.sort(order(place));
    Table ascending = rooms();
    for (Object[] row : values) {
      ascending.row(0L, row[0], row[1], row[2]);
    }
    ascending.row(0L, place == 0 ? null : "r", place == 1 ? null : 1.0, place == 2 ? null : 1L);

    write(sorted(Format.PARQUET, column), ascending);
    Table reversed = ascending.sub(values.size(), values.size() + 1).row(0L, "b", 2.0, 2L);
    assertThat(refused(sorted(Format.PARQUET, column), reversed).sentence()).contains("row 2 ");
  }

  private static Comparator<Object[]> order(int place) {
    return switch (place) {
      case 0 ->
          Comparator.comparing(
              row -> ((String) row[0]).getBytes(java.nio.charset.StandardCharsets.UTF_8),
              java.util.Arrays::compareUnsigned);
      case 1 -> Comparator.comparing(row -> (Double) row[1]);
      default -> (one, other) -> Long.compareUnsigned((Long) one[2], (Long) other[2]);
    };
  }

  @Test
  void aColumnThatTheResultLacksIsRefusedByName() {
    assertThat(refused(sorted(Format.PARQUET, "floor"), rooms().row(0L, "a", 1.0, 1L)).sentence())
        .isEqualTo(
            "cannot keep rows sorted by 'floor': there is no such column, only 'time', 'room',"
                + " 'temp', 'id'");
  }
}
