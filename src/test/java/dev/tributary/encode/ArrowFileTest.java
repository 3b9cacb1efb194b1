package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Column;
import dev.tributary.job.Output.Compression;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Written Arrow files as Arrow's own reader finds them. */
class ArrowFileTest {

  private final Path folder;
  private final BufferAllocator memory = new RootAllocator(64 << 20);

  ArrowFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private Path file() {
    return folder.resolve("rows.arrow");
  }

  private record Opened(Schema schema, List<List<@Nullable Object>> rows, int batches) {}

  private Opened opened() throws Exception {
    try (FileChannel channel = FileChannel.open(file());
        ArrowFileReader reader =
            new ArrowFileReader(channel, memory, CommonsCompressionFactory.INSTANCE)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      int batches = 0;
      while (reader.loadNextBatch()) {
        batches++;
        for (int row = 0; row < root.getRowCount(); row++) {
          int at = row;
          rows.add(
              new ArrayList<>(
                  root.getFieldVectors().stream()
                      .<@Nullable Object>map(
                          v -> {
                            Object value =
                                v instanceof UInt8Vector big
                                    ? big.getObjectNoOverflow(at)
                                    : v.getObject(at);
                            return value == null ? null : value.toString();
                          })
                      .toList()));
        }
      }
      return new Opened(root.getSchema(), rows, batches);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"ZSTD", "NONE"})
  void everyHardValueComesBackWithItsBatches(Compression compression) throws Exception {
    Table table = Table.hardValues();
    WrittenFile.of(
        file(),
        WrittenFile.compressed(Format.ARROW, compression),
        List.of(table.sub(0, 2), table.sub(2, 6)),
        null,
        memory);

    Opened opened = opened();
    assertThat(opened.batches()).isEqualTo(2);
    assertThat(opened.rows().get(0))
        .containsExactly(
            "-1", "", "NaN", "-9223372036854775808", "18446744073709551615", "true", "-1");
    assertThat(opened.rows().get(1)).contains("Küche 🏠", "Infinity");
    assertThat(opened.rows().get(2)).contains("-Infinity");
    assertThat(opened.rows().get(3)).contains("-0.0", "9223372036854775808", "a'b\"c\n\u0000");
    assertThat(opened.rows().get(4).get(2)).isNull();
    assertThat(opened.rows().get(5).get(1)).isNull();
  }

  @Test
  void metadataOfFieldsAndNotNullAreKept() throws Exception {
    WrittenFile.of(
        file(), WrittenFile.with(Format.ARROW, TimestampUnit.MS), Table.hardValues(), memory);

    Schema schema = opened().schema();
    assertThat(schema.findField("room").getMetadata())
        .isEqualTo(Map.of("iox::column::type", "iox::column_type::tag"));
    assertThat(schema.findField("time").isNullable()).isFalse();
    assertThat(schema.findField("time").getType().toString())
        .isEqualTo("Timestamp(MILLISECOND, UTC)");
    assertThat(schema.getCustomMetadata()).containsEntry("tributary.attempt", "01k-attempt");
  }

  @Test
  void aFileWithoutRowsHasItsColumns() throws Exception {
    WrittenFile.of(
        file(),
        WrittenFile.with(Format.ARROW, TimestampUnit.US),
        Table.hardValues().sub(0, 0),
        memory);

    assertThat(opened().rows()).isEmpty();
    assertThat(opened().schema().getFields()).hasSize(7);
  }

  @Test
  void columnsThatTheResultLacksAreTypedNulls() throws Exception {
    Table table = Table.of(Table.nullable("a", Table.INT64)).row(1L).row(2L);

    WrittenFile.of(
        file(),
        WrittenFile.with(Format.ARROW, TimestampUnit.US),
        List.of(table),
        List.of(new Column("gone", "string", true), new Column("a", "int64", true)),
        memory);

    assertThat(opened().rows()).containsExactly(Arrays.asList(null, "1"), Arrays.asList(null, "2"));
    assertThat(opened().schema().findField("gone").getType()).isEqualTo(Table.TEXT);
  }
}
