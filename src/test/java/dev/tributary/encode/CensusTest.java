package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Bounds;
import dev.tributary.job.Expect;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.query.Memory;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Series and nulls, counted while rows are written. */
class CensusTest {

  private static final Optional<String> TIME = Optional.of("time");
  private static final Bounds ANY_NUMBER = new Bounds(0, Expect.MOST_SERIES);

  private final Memory memory = new Memory(64L << 20);

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private static Expect expecting(Bounds series, Map<String, Double> nullShares) {
    return new Expect(Bounds.NONE, series, nullShares, false, 0);
  }

  private Census counted(Expect expect, Output output, List<Table> batches) throws Exception {
    ResultSchema result = ResultSchema.of(batches.get(0).schema(), output, TIME);
    Census census = new Census(expect);
    try (Encoder encoder =
        output.partitionBy().isEmpty()
            ? Encoders.open(
                output,
                result,
                result.columns(),
                WrittenFile.ATTEMPT,
                TIME,
                memory,
                OutputStream.nullOutputStream())
            : PartitionedEncoder.open(
                output,
                result,
                result.columns(),
                WrittenFile.ATTEMPT,
                TIME,
                memory,
                partition -> OutputStream.nullOutputStream())) {
      encoder.count(census);
      for (Table each : batches) {
        try (VectorSchemaRoot batch = each.batch(memory.allocator())) {
          encoder.write(batch);
        }
      }
      encoder.finish();
    }
    return census;
  }

  private static Table readings(Field... more) {
    Field[] fields = new Field[more.length + 2];
    fields[0] = Table.required("time", Table.TIME_NS);
    fields[1] = Table.nullable("temp", Table.DOUBLE);
    System.arraycopy(more, 0, fields, 2, more.length);
    return Table.of(fields);
  }

  private static Field text(String name) {
    return Table.nullable(name, Table.TEXT);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void everyCombinationOfTextsIsASeriesAndANullIsAValue(Format format) throws Exception {
    Table first =
        readings(text("room"), text("floor"))
            .row(0, 1.0, "a", "b")
            .row(1, null, "b", "a")
            .row(2, 3.0, "a", null)
            .row(3, 4.0, null, "a");
    Table second =
        readings(text("room"), text("floor"))
            .row(4, null, "a", "b")
            .row(5, null, null, null)
            .row(6, 7.0, "", null)
            .row(7, 7.0, "ab", "");

    Census census =
        counted(
            expecting(ANY_NUMBER, Map.of("temp", 0.5, "floor", 0.5, "nowhere", 0.5)),
            Output.DEFAULT.withFormat(format),
            List.of(first, second));

    assertThat(census.series()).isEqualTo(7);
    assertThat(census.nulls("temp")).isEqualTo(3);
    assertThat(census.nulls("floor")).isEqualTo(3);
    assertThat(census.knows("floor")).isTrue();
    assertThat(census.knows("nowhere")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void columnsThatBecomeFoldersCountToo(Format format) throws Exception {
    Output d = Output.DEFAULT;
    Output parted =
        new Output(
            format,
            d.timestamps(),
            d.timestampLoss(),
            d.columns(),
            d.types(),
            d.schema(),
            d.emptyFile(),
            List.of("room"),
            d.sort(),
            d.successMarker(),
            d.compression(),
            d.compressionLevel(),
            d.rowGroupBytes(),
            d.bloomFilters());
    Table table =
        readings(text("room"), text("floor"))
            .row(0, 1.0, "a", "1")
            .row(1, null, "b", "1")
            .row(2, null, "a", "1")
            .row(3, 4.0, null, "1");

    Census census =
        counted(
            expecting(ANY_NUMBER, Map.of("room", 0.5, "temp", 0.5)), parted, List.of(table, table));

    assertThat(census.series()).isEqualTo(3);
    assertThat(census.nulls("room")).isEqualTo(2);
    assertThat(census.nulls("temp")).isEqualTo(4);
  }

  @Test
  void textThatTheServerMarksAsAFieldNamesNoSeries() throws Exception {
    Field state =
        Table.marked(
            "state", Table.TEXT, Map.of("iox::column::type", "iox::column_type::field::string"));
    Table table = readings(text("room"), state).row(0, 1.0, "a", "on").row(1, 1.0, "a", "off");

    assertThat(counted(expecting(ANY_NUMBER, Map.of()), Output.DEFAULT, List.of(table)).series())
        .isEqualTo(1);
  }

  @Test
  void rowsWithoutTextAreOneSeriesAndNoRowsAreNone() throws Exception {
    Expect expect = expecting(ANY_NUMBER, Map.of());
    Table table = readings();
    assertThat(counted(expect, Output.DEFAULT, List.of(table)).series()).isZero();
    table.row(0, 1.0).row(1, 2.0);
    assertThat(counted(expect, Output.DEFAULT, List.of(table)).series()).isEqualTo(1);
  }

  @Test
  void randomSeriesAreCountedExactly() throws Exception {
    Random random = new Random(11);
    Set<List<String>> wanted = new HashSet<>();
    Table table = readings(text("host"), text("cpu"));
    for (int row = 0; row < 60_000; row++) {
      String host = "host-" + random.nextInt(400);
      String cpu = random.nextInt(20) == 0 ? null : "cpu" + random.nextInt(100);
      wanted.add(List.of(host, String.valueOf(cpu)));
      table.row(row, 1.0, host, cpu);
    }
    List<Table> batches = List.of(table.sub(0, 25_000), table.sub(25_000, 60_000));

    Census census = counted(expecting(ANY_NUMBER, Map.of()), Output.DEFAULT, batches);

    assertThat(census.series()).as("seed 11").isEqualTo(wanted.size()).isGreaterThan(20_000);
  }

  @Test
  void countingStopsWhereEnoughIsKnown() throws Exception {
    Table table = readings(text("host"));
    for (int row = 0; row < 10_000; row++) {
      table.row(row, 1.0, "host-" + row);
    }
    Expect atLeast = expecting(new Bounds(70, Long.MAX_VALUE), Map.of());
    assertThat(counted(atLeast, Output.DEFAULT, List.of(table)).series()).isEqualTo(70);
    assertThat(counted(Expect.ANYTHING, Output.DEFAULT, List.of(table)).series()).isZero();
  }

  @Test
  void memoryIsBoundedByTheMostSeriesThatAreCounted() throws Exception {
    Census census = new Census(expecting(new Bounds(1, 5), Map.of()));
    Table table = readings(text("host"));
    for (int row = 0; row < 70_000; row++) {
      table.row(row, 1.0, "");
    }
    ResultSchema result = ResultSchema.of(table.schema(), Output.DEFAULT, TIME);
    try (Encoder encoder =
            Encoders.open(
                Output.DEFAULT,
                result,
                result.columns(),
                WrittenFile.ATTEMPT,
                TIME,
                memory,
                OutputStream.nullOutputStream());
        VectorSchemaRoot batch = table.batch(memory.allocator())) {
      encoder.count(census);
      for (int round = 0; round < 16; round++) {
        for (int row = 0; row < 70_000; row++) {
          name(batch, row, round * 70_000 + row);
        }
        encoder.write(batch);
      }
    }
    assertThat(census.series()).isEqualTo(Expect.MOST_SERIES + 1);
  }

  private static void name(VectorSchemaRoot batch, int row, int number) {
    byte[] text = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    ((VarCharVector) batch.getVector("host")).setSafe(row, text);
  }
}
