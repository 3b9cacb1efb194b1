package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server had no data, and so no columns to name. */
class NoDataTest {

  private static final Optional<String> TIME = Optional.of("time");
  private static final Schema NO_DATA = new Schema(List.of());

  private final BufferAllocator memory = new RootAllocator(64 << 20);

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private Encoder open(Output output, List<Column> settled, ByteArrayOutputStream out)
      throws Failure {
    ResultSchema result = ResultSchema.of(NO_DATA, output, TIME);
    return Encoders.open(output, result, settled, WrittenFile.ATTEMPT, TIME, memory, out);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void beforeAnyColumnIsKnownThereIsNoFileAndNoRow(Format format) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Encoder encoder = open(Output.DEFAULT.withFormat(format), List.of(), out)) {
      Content content = encoder.finish();

      assertThat(content.rows()).isZero();
      assertThat(content.first()).isEmpty();
      assertThat(content.digest()).isEqualTo("rows-v1:00000000000000000000000000000000");
    }
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void onceColumnsAreKnownTheFileHasThemTyped(Format format, @TempDir Path folder)
      throws Exception {
    List<Column> settled =
        List.of(
            new Column("time", "timestamp[us, UTC]", false), new Column("temp", "double", true));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Encoder encoder = open(Output.DEFAULT.withFormat(format), settled, out)) {
      assertThat(encoder.finish().rows()).isZero();
    }

    if (format == Format.PARQUET) {
      Path file = Files.write(folder.resolve("rows.parquet"), out.toByteArray());
      assertThat(Duck.ask(file, "DESCRIBE SELECT * FROM FILE"))
          .extracting(column -> column.get(0) + " " + column.get(1))
          .containsExactly("time TIMESTAMP WITH TIME ZONE", "temp DOUBLE");
    } else {
      try (ArrowFileReader reader =
          new ArrowFileReader(
              new ByteArrayReadableSeekableByteChannel(out.toByteArray()), memory)) {
        assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
            .extracting(field -> field.getName() + " " + field.getType())
            .containsExactly("time Timestamp(MICROSECOND, UTC)", "temp FloatingPoint(DOUBLE)");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void rowsOfNothingButNullsAreRefusedWithTheirColumns(Format format) throws Exception {
    Table table =
        Table.of(
                Table.nullable("a", ArrowType.Null.INSTANCE),
                Table.nullable("b", ArrowType.Null.INSTANCE))
            .row(null, null);
    Output output = Output.DEFAULT.withFormat(format);
    ResultSchema result = ResultSchema.of(table.schema(), output, Optional.empty());

    try (VectorSchemaRoot batch = table.batch(memory);
        Encoder encoder =
            Encoders.open(
                output,
                result,
                result.columns(),
                WrittenFile.ATTEMPT,
                Optional.empty(),
                memory,
                new ByteArrayOutputStream())) {
      Failure failure = catchThrowableOfType(Failure.class, () -> encoder.write(batch));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
      assertThat(failure.sentence())
          .isEqualTo(
              "cannot write the result: it has rows, but nobody knows the type of 'a', 'b', which"
                  + " hold nothing but nulls; cast one of them in the query");
    }
  }
}
