package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Output.SchemaPolicy;
import dev.tributary.land.InMemoryDestination;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.SettledSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of one schema id, as a reader finds them that does not match columns by name. */
class SettledFilesTest {

  private static final Field TIME = Table.required("time", Table.TIME_NS);
  private static final Field ROOM = Table.nullable("room", Table.TEXT);
  private static final Field TEMP = Table.required("temp", Table.DOUBLE);

  private final Path folder;
  private final InMemoryDestination destination = new InMemoryDestination();

  SettledFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Writes a window's file as a run would, and tells the schema's id. */
  private int write(String name, Table table) throws Exception {
    ResultSchema result =
        ResultSchema.of(table.schema(), WrittenFile.typed(Map.of()), Optional.of("time"));
    SettledSchema schema =
        Ledger.of(destination, WrittenFile.ATTEMPT.job(), InstantSource.fixed(Instant.EPOCH))
            .settleSchema(result.present(), SchemaPolicy.ADD);
    try (BufferAllocator memory = new RootAllocator(64 << 20)) {
      WrittenFile.of(
          folder.resolve(name + ".parquet"),
          WrittenFile.typed(Map.of()),
          List.of(table),
          schema.columns(),
          memory);
    }
    return schema.id();
  }

  private String columns(String name) throws Exception {
    return Duck.ask(
            folder.resolve(name + ".parquet"),
            "SELECT name, type, logical_type, repetition_type FROM parquet_schema(FILE)")
        .toString();
  }

  @Test
  void filesOfOneIdHaveTheSameColumnsInTheSameOrderWhateverTheResultsOrder() throws Exception {
    assertThat(write("a", Table.of(TIME, TEMP).row(1_000L, 1.0))).isEqualTo(1);
    assertThat(write("b", Table.of(ROOM, TEMP, TIME).row("Kitchen", 2.0, 2_000L))).isEqualTo(2);
    assertThat(write("c", Table.of(TIME, ROOM, TEMP).row(3_000L, null, 3.0))).isEqualTo(2);
    assertThat(write("d", Table.of(TEMP, TIME).row(4.0, 4_000L))).isEqualTo(2);
    Field untyped = Table.nullable("room", ArrowType.Null.INSTANCE);
    assertThat(write("e", Table.of(untyped, TIME, TEMP).row(null, 5_000L, 5.0))).isEqualTo(2);

    assertThat(List.of(columns("c"), columns("d"), columns("e"))).containsOnly(columns("b"));
    assertThat(
            Duck.ask(
                folder.resolve("[b-e].parquet"),
                "SELECT * EXCLUDE (time) FROM read_parquet(FILE, union_by_name = false)"
                    + " ORDER BY temp"))
        .containsExactly(
            List.of("2.0", "Kitchen"),
            List.of("3.0", "null"),
            List.of("4.0", "null"),
            List.of("5.0", "null"));
  }

  @Test
  void aColumnThatMayBeNullFromNowOnIsSoInEveryLaterFile() throws Exception {
    write("a", Table.of(TIME, TEMP).row(1_000L, 1.0));
    Table nullable = Table.of(TIME, Table.nullable("temp", Table.DOUBLE)).row(2_000L, null);

    assertThat(write("b", nullable)).isEqualTo(2);
    assertThat(write("c", Table.of(TIME, TEMP).row(3_000L, 3.0))).isEqualTo(2);

    assertThat(columns("c")).isEqualTo(columns("b")).isNotEqualTo(columns("a"));
    assertThat(Duck.ask(folder.resolve("[a-c].parquet"), "SELECT temp FROM FILE ORDER BY time"))
        .containsExactly(List.of("1.0"), List.of("null"), List.of("3.0"));
  }
}
