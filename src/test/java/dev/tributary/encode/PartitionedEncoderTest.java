package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.PartitionValue;
import dev.tributary.query.Memory;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartitionedEncoderTest {

  private static final Optional<String> TIME = Optional.of("time");

  private final Memory memory = new Memory(64L << 20);

  /** Files by their folders, and what was told of all of them. */
  private record Written(
      Map<String, ByteArrayOutputStream> files,
      List<PartitionedEncoder.Part> parts,
      Content content) {}

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private static Output by(Format format, String... columns) {
    Output d = Output.DEFAULT;
    return new Output(
        format,
        Output.TimestampUnit.US,
        d.timestampLoss(),
        d.columns(),
        d.types(),
        d.schema(),
        d.emptyFile(),
        List.of(columns),
        d.sort(),
        d.successMarker(),
        d.compression(),
        d.compressionLevel(),
        d.rowGroupBytes(),
        d.bloomFilters());
  }

  private Written write(Output output, List<Table> batches) throws Exception {
    ResultSchema result = ResultSchema.of(batches.get(0).schema(), output, TIME);
    Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();
    try (PartitionedEncoder encoder =
        PartitionedEncoder.open(
            output,
            result,
            result.columns(),
            WrittenFile.ATTEMPT,
            TIME,
            memory,
            partition -> {
              ByteArrayOutputStream file = new ByteArrayOutputStream();
              assertThat(files.put(folders(partition), file)).isNull();
              return file;
            })) {
      for (Table each : batches) {
        try (VectorSchemaRoot batch = each.batch(memory.allocator())) {
          encoder.write(batch);
        }
      }
      Content content = encoder.finish();
      return new Written(files, encoder.parts(), content);
    }
  }

  private static String folders(List<PartitionValue> partition) {
    return String.join("/", partition.stream().map(PartitionValue::folder).toList());
  }

  private static Table rooms(Field... more) {
    List<Field> fields = new ArrayList<>();
    fields.add(Table.required("time", Table.TIME_NS));
    fields.add(Table.nullable("temp", Table.DOUBLE));
    fields.addAll(List.of(more));
    return Table.of(fields.toArray(Field[]::new));
  }

  @Test
  void everyTypeHasItsText() throws Exception {
    Table table =
        rooms(
                Table.nullable("text", Table.TEXT),
                Table.nullable("signed", Table.INT64),
                Table.nullable("unsigned", Table.UINT64),
                Table.nullable("on", Table.BOOL),
                Table.nullable("day", Table.DATE),
                Table.nullable("at", Table.TIME_NS))
            .row(0, 1.0, "a", -7L, -1L, true, 20_000, 1_700_000_000_123_456_789L)
            .row(1, 2.0, "", null, null, null, null, null);

    Written written =
        write(by(Format.PARQUET, "text", "signed", "unsigned", "on", "day", "at"), List.of(table));

    String none = PartitionValue.NONE;
    assertThat(written.files().keySet())
        .containsExactly(
            "text=a/signed=-7/unsigned=18446744073709551615/on=true/day=2024-10-04"
                + "/at=2023-11-14T22%3A13%3A20.123456Z",
            "text=%s/signed=%s/unsigned=%s/on=%s/day=%s/at=%s"
                .formatted(none, none, none, none, none, none));
  }

  @Test
  void foldersAndFilesHaveTheWrittenNames() throws Exception {
    Output d = by(Format.ARROW, "room_name");
    Output snake =
        new Output(
            d.format(),
            d.timestamps(),
            d.timestampLoss(),
            Output.ColumnNames.SNAKE,
            d.types(),
            d.schema(),
            d.emptyFile(),
            d.partitionBy(),
            d.sort(),
            d.successMarker(),
            d.compression(),
            d.compressionLevel(),
            d.rowGroupBytes(),
            d.bloomFilters());
    Table table =
        rooms(Table.nullable("Room Name", Table.TEXT), Table.nullable("Max CO2", Table.INT64))
            .row(0, 1.0, "hall", 400L)
            .row(1, 2.0, "", 500L)
            .row(2, 3.0, "hall", 600L);

    Written written = write(snake, List.of(table));

    assertThat(written.files().keySet())
        .containsExactly("room_name=hall", "room_name=" + PartitionValue.NONE);
    for (ByteArrayOutputStream file : written.files().values()) {
      try (ArrowFileReader reader =
          new ArrowFileReader(
              new ByteArrayReadableSeekableByteChannel(file.toByteArray()), memory.allocator())) {
        assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
            .extracting(Field::getName)
            .containsExactly("time", "temp", "max_co2");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void rowsLieInTheFilesOfTheirPartitionsHoweverTheyAreMixed(Format format) throws Exception {
    Random random = new Random(4);
    List<Table> batches = new ArrayList<>();
    Map<String, Integer> wanted = new LinkedHashMap<>();
    for (int batch = 0; batch < 5; batch++) {
      Table table = rooms(Table.nullable("room", Table.TEXT), Table.nullable("floor", Table.INT64));
      for (int row = 0; row < 400; row++) {
        String room = batch == 4 ? "hall" : "r" + random.nextInt(3);
        Long floor = random.nextInt(3) == 0 && batch < 4 ? null : 1L;
        wanted.merge(
            "room=" + room + "/floor=" + (floor == null ? PartitionValue.NONE : floor),
            1,
            Integer::sum);
        table.row(batch * 1000L + row, random.nextDouble(), room, floor);
      }
      batches.add(table);
    }

    Written written = write(by(format, "room", "floor"), batches);

    Map<String, Integer> found = new LinkedHashMap<>();
    written.parts().forEach(part -> found.put(folders(part.partition()), (int) part.rows()));
    assertThat(found).isEqualTo(wanted);
    assertThat(written.files().keySet()).containsExactlyElementsOf(found.keySet());
    assertThat(written.content().rows()).isEqualTo(2_000);
  }

  @Test
  void theDigestIsThatOfTheRowsWhateverTheSplit() throws Exception {
    Table table =
        rooms(Table.nullable("room", Table.TEXT), Table.nullable("floor", Table.INT64))
            .row(0, 1.0, "a", 1L)
            .row(1, 2.0, null, 2L)
            .row(2, 3.0, "b", null);
    Content byRoom = write(by(Format.PARQUET, "room"), List.of(table)).content();

    assertThat(write(by(Format.PARQUET, "floor", "room"), List.of(table)).content())
        .isEqualTo(byRoom);
    assertThat(write(by(Format.ARROW, "room"), List.of(table.sub(0, 1), table.sub(1, 3))).content())
        .isEqualTo(byRoom);
    Table other =
        rooms(Table.nullable("room", Table.TEXT), Table.nullable("floor", Table.INT64))
            .row(0, 1.0, "b", 1L)
            .row(1, 2.0, null, 2L)
            .row(2, 3.0, "a", null);
    assertThat(write(by(Format.PARQUET, "room"), List.of(other)).content().digest())
        .isNotEqualTo(byRoom.digest());
  }

  @Test
  void morePartitionsThanTheBudgetHasRoomForAreRefusedByNumber() {
    Table table = rooms(Table.nullable("room", Table.TEXT));
    for (int room = 0; room < 17; room++) {
      table.row(room, 1.0, "r" + room);
    }

    Failure failure = refused(by(Format.PARQUET, "room"), table);

    assertThat(failure.sentence())
        .contains("its first rows have 17 partitions")
        .contains("limits.memory of 64MiB has room for 16 open files")
        .endsWith("raise it, partition by a column with fewer values, or make windows shorter");
    assertThat(
            catchThrowableOfType(
                Exception.class,
                () -> write(by(Format.PARQUET, "room"), List.of(table.sub(0, 16)))))
        .isNull();
  }

  @Test
  void aColumnThatIsMissingOrFloatsIsRefused() {
    Table table = rooms(Table.nullable("room", Table.TEXT)).row(0, 1.0, "a");

    assertThat(refused(by(Format.PARQUET, "flat"), table).sentence())
        .isEqualTo(
            "cannot partition by 'flat': the result has no such column, only 'time', 'temp',"
                + " 'room'");
    assertThat(refused(by(Format.PARQUET, "temp"), table).sentence())
        .startsWith("cannot partition by 'temp': it is a double, and only strings");
    assertThat(
            refused(
                    by(Format.PARQUET, "room"),
                    Table.of(Table.nullable("time", Table.TIME_NS)).row(0))
                .kind())
        .isEqualTo(Failure.Kind.REFUSED);
  }

  private Failure refused(Output output, Table table) {
    return catchThrowableOfType(Failure.class, () -> write(output, List.of(table)));
  }

  @Test
  void aColumnWhoseTypeNobodyKnowsIsNoValue() throws Exception {
    Table table = rooms(Table.nullable("room", ArrowType.Null.INSTANCE));

    Written none = write(by(Format.PARQUET, "room"), List.of(table));

    assertThat(none.parts()).isEmpty();
    List<Column> columns =
        ResultSchema.of(table.schema(), by(Format.PARQUET, "room"), TIME).columns();
    assertThat(columns).extracting(Column::name).containsExactly("time", "temp");
  }
}
