package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Output;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.file.FileSystemDatasetFactory;
import org.apache.arrow.dataset.jni.NativeMemoryPool;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of types says what files hold and what readers make of them. */
class TypesPageTest {

  private static final Path PAGE = Path.of("src/docs/types.md");

  private final Path folder;

  TypesPageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Under the names that the page has for them. */
  private static Map<String, ArrowType> results() {
    Map<String, ArrowType> types = new LinkedHashMap<>();
    types.put("Bool", ArrowType.Bool.INSTANCE);
    for (int bits = 8; bits <= 64; bits *= 2) {
      types.put("Int" + bits, new ArrowType.Int(bits, true));
    }
    for (int bits = 8; bits <= 64; bits *= 2) {
      types.put("UInt" + bits, new ArrowType.Int(bits, false));
    }
    types.put("Float16", new ArrowType.FloatingPoint(FloatingPointPrecision.HALF));
    types.put("Float32", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
    types.put("Float64", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
    types.put("Decimal128(9, 2)", new ArrowType.Decimal(9, 2, 128));
    types.put("Decimal128(18, 2)", new ArrowType.Decimal(18, 2, 128));
    types.put("Decimal128(38, 2)", new ArrowType.Decimal(38, 2, 128));
    types.put("Decimal256(38, 2)", new ArrowType.Decimal(38, 2, 256));
    types.put("Utf8", ArrowType.Utf8.INSTANCE);
    types.put("LargeUtf8", ArrowType.LargeUtf8.INSTANCE);
    types.put("Utf8View", ArrowType.Utf8View.INSTANCE);
    types.put("Binary", ArrowType.Binary.INSTANCE);
    types.put("LargeBinary", ArrowType.LargeBinary.INSTANCE);
    types.put("BinaryView", ArrowType.BinaryView.INSTANCE);
    types.put("FixedSizeBinary(16)", new ArrowType.FixedSizeBinary(16));
    types.put("Date32", new ArrowType.Date(DateUnit.DAY));
    types.put("Date64", new ArrowType.Date(DateUnit.MILLISECOND));
    types.put("Time32(s)", new ArrowType.Time(TimeUnit.SECOND, 32));
    types.put("Time32(ms)", new ArrowType.Time(TimeUnit.MILLISECOND, 32));
    types.put("Time64(us)", new ArrowType.Time(TimeUnit.MICROSECOND, 64));
    types.put("Time64(ns)", new ArrowType.Time(TimeUnit.NANOSECOND, 64));
    types.put("Timestamp(s)", new ArrowType.Timestamp(TimeUnit.SECOND, null));
    types.put("Timestamp(ms)", new ArrowType.Timestamp(TimeUnit.MILLISECOND, null));
    types.put("Timestamp(us)", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
    types.put("Timestamp(ns)", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null));
    types.put(
        "Timestamp(ns, Europe/Berlin)",
        new ArrowType.Timestamp(TimeUnit.NANOSECOND, "Europe/Berlin"));
    for (TimeUnit unit : TimeUnit.values()) {
      types.put("Duration(" + symbol(unit) + ")", new ArrowType.Duration(unit));
    }
    return types;
  }

  private static String symbol(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> "s";
      case MILLISECOND -> "ms";
      case MICROSECOND -> "us";
      case NANOSECOND -> "ns";
    };
  }

  @Test
  void itsTableIsWhatThreeReadersFindInFiles() throws Exception {
    List<String> rows = new ArrayList<>();
    for (Map.Entry<String, ArrowType> type : results().entrySet()) {
      rows.add(row(type.getKey(), type.getValue()));
    }

    List<String> table =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| a result's"))
            .toList();

    assertThat(table).containsExactlyElementsOf(rows);
  }

  private String row(String name, ArrowType type) throws Exception {
    Schema schema = new Schema(List.of(Table.nullable("c", type)));
    ResultSchema result = ResultSchema.of(schema, Output.DEFAULT, Optional.empty());
    Path file = folder.resolve("type.parquet");
    try (BufferAllocator memory = new RootAllocator(64 << 20)) {
      try (OutputStream out = Files.newOutputStream(file);
          Encoder encoder =
              Encoders.open(
                  Output.DEFAULT,
                  result,
                  result.columns(),
                  WrittenFile.ATTEMPT,
                  Optional.empty(),
                  memory,
                  out)) {
        encoder.finish();
      }
      return "| %s | `%s` | `%s` | %s | %s |"
          .formatted(
              name, result.columns().get(0).type(), parquet(file), duck(file), arrow(file, memory));
    }
  }

  private static String parquet(Path file) throws Exception {
    MessageType schema =
        new ParquetMetadataConverter()
            .fromParquetMetadata(ParquetFooterTest.footer(Files.readAllBytes(file)))
            .getFileMetaData()
            .getSchema();
    return schema
        .getType("c")
        .asPrimitiveType()
        .toString()
        .replaceFirst("^optional ", "")
        .replaceFirst(" c\\b", "");
  }

  private static String duck(Path file) throws Exception {
    return Duck.ask(file, "SELECT column_type FROM (DESCRIBE SELECT * FROM FILE)").get(0).get(0);
  }

  @SuppressWarnings("try") // the library declares close() to throw anything
  private static String arrow(Path file, BufferAllocator memory) throws Exception {
    try (FileSystemDatasetFactory factory =
        new FileSystemDatasetFactory(
            memory, NativeMemoryPool.getDefault(), FileFormat.PARQUET, "file://" + file)) {
      Field field = factory.inspect().getFields().get(0);
      return field.getType().toString().replaceAll("\\s+", " ");
    }
  }
}
