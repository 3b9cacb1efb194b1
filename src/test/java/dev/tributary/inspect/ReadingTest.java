package dev.tributary.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.encode.ContentTally;
import dev.tributary.encode.FolderColumns;
import dev.tributary.encode.ResultSchema;
import dev.tributary.encode.Table;
import dev.tributary.encode.WrittenFile;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampLoss;
import dev.tributary.job.Output.TimestampUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Written files, read by Arrow C++. */
class ReadingTest {

  private static final Optional<String> TIME = Optional.of("time");

  private final Path folder;
  private final BufferAllocator memory = new RootAllocator(64 << 20);

  ReadingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private Path file() {
    return folder.resolve("rows of a window.file");
  }

  /** What a reading counts, and the columns it finds. */
  private record Read(Content content, List<Column> columns) {}

  private Read read(Format format) throws Failure {
    ContentTally tally = new ContentTally(TIME);
    Reading reading =
        Reading.of(
            file().toUri(),
            format,
            memory,
            columns -> new FolderColumns(List.of(), List.of(), memory),
            tally,
            List.of(),
            WrittenFile.ATTEMPT);
    assertThat(reading.rows()).isEqualTo(tally.content().rows());
    return new Read(tally.content(), reading.columns());
  }

  @ParameterizedTest
  @MethodSource("formatsAndUnits")
  void hardValuesAndColumnsComeBack(Format format, TimestampUnit unit) throws Exception {
    Output output = WrittenFile.with(format, unit);
    Table table = Table.hardValues();
    WrittenFile written = WrittenFile.of(file(), output, table, memory);

    Read reading = read(format);
    assertThat(reading.content().rows()).isEqualTo(6);
    assertThat(reading.content().digest()).isEqualTo(written.content().digest());
    assertThat(reading.columns())
        .isEqualTo(ResultSchema.of(table.schema(), output, TIME).columns());
  }

  static Stream<Arguments> formatsAndUnits() {
    return Stream.of(Format.values())
        .flatMap(f -> Stream.of(TimestampUnit.values()).map(u -> Arguments.of(f, u)));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aFileWithoutRowsHasItsColumns(Format format) throws Exception {
    WrittenFile.of(
        file(), WrittenFile.with(format, TimestampUnit.US), Table.hardValues().sub(0, 0), memory);

    assertThat(read(format).content().rows()).isZero();
    assertThat(read(format).columns())
        .extracting(Column::name)
        .containsExactly("time", "room", "temp", "count", "big", "on", "day");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void manyBatchesPagesAndRowGroupsComeBackWithTypedNulls(Format format) throws Exception {
    Random random = new Random(11);
    List<Table> tables = new ArrayList<>();
    for (int batch = 0; batch < 12; batch++) {
      Table table =
          Table.of(
              Table.required("time", Table.TIME_NS),
              Table.nullable("text", Table.TEXT),
              Table.nullable("x", Table.DOUBLE));
      for (int row = 0; row < 9_999; row++) {
        table.row(
            random.nextLong() >> 8,
            random.nextInt(9) == 0 ? null : Long.toHexString(random.nextLong()),
            random.nextInt(9) == 0 ? null : random.nextGaussian());
      }
      tables.add(table);
    }
    List<Column> settled =
        List.of(
            new Column("x", "double", true),
            new Column("gone", "uint64", true),
            new Column("time", "timestamp[us, UTC]", false),
            new Column("text", "string", true));
    Output output = WrittenFile.output(format, TimestampUnit.US, TimestampLoss.COUNT, 1 << 20);

    WrittenFile written = WrittenFile.of(file(), output, tables, settled, memory);

    Read reading = read(format);
    assertThat(reading.content().rows()).isEqualTo(12 * 9_999);
    assertThat(reading.content().digest()).isEqualTo(written.content().digest());
    assertThat(reading.columns()).isEqualTo(settled);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aFileThatEndsTooEarlyIsRefusedInOneLine(Format format) throws Exception {
    WrittenFile.of(file(), WrittenFile.with(format, TimestampUnit.US), Table.hardValues(), memory);
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 20));

    Failure failure = catchThrowableOfType(Failure.class, () -> read(format));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
    assertThat(failure.sentence()).startsWith("it cannot be read back: ").doesNotContain("\n");
  }
}
