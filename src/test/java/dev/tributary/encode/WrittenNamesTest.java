package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.Output.ColumnNames;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WrittenNamesTest {

  private static Schema schema(String... names) {
    List<Field> fields = Stream.of(names).map(name -> Table.nullable(name, Table.TEXT)).toList();
    return new Schema(fields);
  }

  private static String refusal(ColumnNames naming, String... names) {
    Failure failure =
        catchThrowableOfType(Failure.class, () -> WrittenNames.of(schema(names), naming));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
    return failure.sentence();
  }

  @ParameterizedTest
  @CsvSource({
    "max temp, max_temp",
    "CO2Avg, co2_avg",
    "iox::measurement, iox_measurement",
    "1st floor, _1st_floor",
    "HTTPServerLoad, http_server_load",
    "maxTemp, max_temp",
    "temp (°C), temp_c",
    "Außentemperatur, außentemperatur",
    "_value, _value",
    "a__b, a__b",
    "ID, id"
  })
  void aNameBecomesSnakeCaseAndThenStays(String name, String snake) {
    assertThat(SnakeCase.of(name)).isEqualTo(snake);
    assertThat(SnakeCase.of(snake)).isEqualTo(snake);
  }

  @Test
  void twoNamesThatBecomeOneAreRefusedWithBothOriginals() {
    assertThat(refusal(ColumnNames.SNAKE, "max temp", "x", "maxTemp"))
        .isEqualTo(
            "cannot write the result: columns 'max temp' and 'maxTemp' would both be written as"
                + " 'max_temp'; give one of them another alias");
  }

  @ParameterizedTest
  @EnumSource(ColumnNames.class)
  void namesThatDifferOnlyInCaseAreRefusedHoweverColumnsAreNamed(ColumnNames naming) {
    assertThat(refusal(naming, "Temp", "temp")).contains("columns 'Temp' and 'temp' would ");
  }

  @Test
  void keptNamesThatAreNoWordsStayApart() throws Exception {
    assertThat(WrittenNames.of(schema("max temp", "max_temp", "%"), ColumnNames.KEEP))
        .containsEntry("max temp", "max temp")
        .containsEntry("%", "%");
  }

  @Test
  void aNameWithoutALetterHasNoSnakeCase() {
    assertThat(refusal(ColumnNames.SNAKE, "%"))
        .contains("column '%' has no letter or digit for a name; give it an alias");
  }

  @Test
  void aFileHasItsRowsUnderTheWrittenNames(@TempDir Path folder) throws Exception {
    Table table =
        Table.of(Table.nullable("Time", Table.TIME_NS), Table.nullable("max temp", Table.DOUBLE))
            .row(1_000_000_000L, 21.5)
            .row(2_000_000_000L, null);
    Output snake = WrittenFile.named(ColumnNames.SNAKE);
    Path file = folder.resolve("rows.parquet");

    try (BufferAllocator memory = new RootAllocator(64 << 20)) {
      WrittenFile written = WrittenFile.of(file, snake, table, memory);

      assertThat(Duck.ask(file, "SELECT epoch_ns(time), max_temp FROM FILE"))
          .containsExactly(List.of("1000000000", "21.5"), List.of("2000000000", "null"));
      assertThat(written.content().first()).contains(Instant.ofEpochSecond(1));
      assertThat(written.content().last()).contains(Instant.ofEpochSecond(2));
    }
    assertThat(ResultSchema.of(table.schema(), snake, Optional.of("time")).columns())
        .extracting(column -> column.name())
        .containsExactly("time", "max_temp");
  }
}
