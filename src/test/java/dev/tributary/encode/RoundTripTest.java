package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Compression;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import dev.tributary.testing.Counts;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.file.FileSystemDatasetFactory;
import org.apache.arrow.dataset.jni.NativeMemoryPool;
import org.apache.arrow.dataset.scanner.ScanOptions;
import org.apache.arrow.dataset.scanner.Scanner;
import org.apache.arrow.dataset.source.Dataset;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random results come back from files cell by cell, whoever reads them: DuckDB, Arrow C++ and
 * parquet-java. One seed alone: {@code -Dtributary.test.seed=17}.
 */
class RoundTripTest {

  private final Path folder;

  RoundTripTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyReaderFindsEveryCell() throws Exception {
    Long only = Long.getLong("tributary.test.seed");
    int count = only == null ? Counts.of(150, 2_000) : 1;
    for (int i = 0; i < count; i++) {
      long seed = only == null ? i : only;
      try (BufferAllocator memory = new RootAllocator(256 << 20)) {
        roundTrip(seed, memory);
      } catch (AssertionError | Exception e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void roundTrip(long seed, BufferAllocator memory) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    boolean large = seed % 12 == 0;
    int width = 1 + random.nextInt(large ? 4 : 10);
    Output output = output(random, width);
    boolean fine = output.timestamps() == TimestampUnit.NS;
    RandomRows rows = new RandomRows(random, width, fine, seed % 12 == 1);
    ResultSchema result = ResultSchema.of(rows.schema(), output, Optional.empty());
    List<ColumnType> types =
        result.columns().stream().map(c -> ColumnType.named(c.type()).orElseThrow()).toList();
    Path file = folder.resolve("rows." + output.format().extension());
    List<List<@Nullable Object>> expected = empty(width);
    Content content;
    try (BufferAllocator budget =
            memory.newChildAllocator("budget", 0, random.nextBoolean() ? 12 << 20 : 128 << 20);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        Encoder encoder =
            Encoders.open(
                output,
                result,
                result.columns(),
                WrittenFile.ATTEMPT,
                Optional.empty(),
                budget,
                out)) {
      int batches = random.nextInt(large ? 6 : 4);
      for (int i = 0; i < batches; i++) {
        int size = large ? 30_000 : seed % 12 == 1 ? 200 : 3_000;
        int count = new int[] {0, 1, random.nextInt(size), size}[random.nextInt(4)];
        try (VectorSchemaRoot batch = rows.batch(count, random, memory)) {
          encoder.write(batch);
          add(batch, types, expected);
        }
      }
      content = encoder.finish();
    }
    same("Arrow C++", arrow(file, output.format(), types, content, memory), expected, result);
    if (output.format() == Format.PARQUET) {
      same("parquet-java", ParquetJava.columns(file), expected, result);
      same("DuckDB", duck(file, result, types), expected, result);
    }
  }

  private static Output output(SplittableRandom random, int width) {
    Output d = Output.DEFAULT;
    List<String> blooms = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      if (random.nextInt(4) == 0) {
        blooms.add("c" + i);
      }
    }
    Format format = random.nextInt(6) == 0 ? Format.ARROW : Format.PARQUET;
    Compression compression =
        format == Format.ARROW
            ? random.nextBoolean() ? Compression.ZSTD : Compression.NONE
            : RandomRows.any(Compression.values(), random);
    return new Output(
        format,
        RandomRows.any(TimestampUnit.values(), random),
        d.timestampLoss(),
        d.columns(),
        d.types(),
        d.schema(),
        d.emptyFile(),
        d.partitionBy(),
        d.sort(),
        d.successMarker(),
        compression,
        1 + random.nextInt(9),
        random.nextBoolean() ? 1 << 20 : d.rowGroupBytes(),
        blooms);
  }

  private static List<List<@Nullable Object>> empty(int width) {
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      columns.add(new ArrayList<>());
    }
    return columns;
  }

  private static void add(
      VectorSchemaRoot batch, List<ColumnType> types, List<List<@Nullable Object>> columns) {
    for (int i = 0; i < types.size(); i++) {
      FieldVector vector = batch.getVector(i);
      for (int row = 0; row < batch.getRowCount(); row++) {
        columns.get(i).add(CellValues.of(vector, row, types.get(i)));
      }
    }
  }

  private static void same(
      String reader,
      List<List<@Nullable Object>> found,
      List<List<@Nullable Object>> expected,
      ResultSchema result) {
    for (int i = 0; i < expected.size(); i++) {
      Column column = result.columns().get(i);
      assertThat(found.get(i)).as(reader + " on " + column).hasSameSizeAs(expected.get(i));
      for (int row = 0; row < expected.get(i).size(); row++) {
        if (!java.util.Objects.equals(found.get(i).get(row), expected.get(i).get(row))) {
          assertThat(found.get(i).get(row))
              .as(reader + " on " + column + ", row " + row)
              .isEqualTo(expected.get(i).get(row));
        }
      }
    }
  }

  @SuppressWarnings("try") // the library declares close() to throw anything
  private static List<List<@Nullable Object>> arrow(
      Path file, Format format, List<ColumnType> types, Content content, BufferAllocator memory)
      throws Exception {
    List<List<@Nullable Object>> columns = empty(types.size());
    ContentTally tally = new ContentTally(Optional.empty());
    try (FileSystemDatasetFactory factory =
            new FileSystemDatasetFactory(
                memory,
                NativeMemoryPool.getDefault(),
                format == Format.ARROW ? FileFormat.ARROW_IPC : FileFormat.PARQUET,
                "file://" + file);
        Dataset dataset = factory.finish();
        Scanner scanner = dataset.newScan(new ScanOptions(32_768));
        ArrowReader reader = scanner.scanBatches()) {
      while (reader.loadNextBatch()) {
        add(reader.getVectorSchemaRoot(), types, columns);
        tally.add(reader.getVectorSchemaRoot());
      }
    }
    assertThat(tally.content().digest()).as("digest").isEqualTo(content.digest());
    assertThat(tally.content().rows()).as("rows").isEqualTo(content.rows());
    return columns;
  }

  private static List<List<@Nullable Object>> duck(
      Path file, ResultSchema result, List<ColumnType> types) throws Exception {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      parts.add(CellValues.duck(result.columns().get(i).name(), types.get(i)));
    }
    String select = parts.stream().collect(Collectors.joining(", ", "SELECT ", " FROM FILE"));
    List<List<@Nullable Object>> columns = empty(types.size());
    for (List<String> row : Duck.ask(file, select)) {
      for (int i = 0; i < types.size(); i++) {
        columns.get(i).add(CellValues.ofDuck(row.get(i), types.get(i)));
      }
    }
    return columns;
  }
}
