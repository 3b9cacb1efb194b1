package dev.tributary.encode;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Output;
import dev.tributary.job.Window;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** A file that a test had written. */
public record WrittenFile(Path path, Content content) {

  public static final Attempt ATTEMPT =
      new Attempt(
          new JobName("room-climate"),
          new Window(Instant.parse("2026-11-21T23:00:00Z"), Instant.parse("2026-11-22T23:00:00Z")),
          2,
          "01k-attempt",
          new Job.Hashes("q-hash", "d-hash"),
          3,
          "home at https://influx.example:8181",
          Instant.parse("2026-11-23T00:05:00.123456789Z"),
          "0.1.0");

  /** Writes a table as one batch, settled as the result itself suggests. */
  public static WrittenFile of(Path path, Output output, Table table, BufferAllocator memory)
      throws IOException, Failure {
    return of(path, output, List.of(table), null, memory);
  }

  /**
   * Writes tables of the same columns, each a batch.
   *
   * @param settled the file's columns; null for the result's own
   */
  public static WrittenFile of(
      Path path,
      Output output,
      List<Table> tables,
      @Nullable List<Column> settled,
      BufferAllocator memory)
      throws IOException, Failure {
    Optional<String> time = timeOf(tables.get(0), output);
    ResultSchema result = ResultSchema.of(tables.get(0).schema(), output, time);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path));
        Encoder encoder =
            Encoders.open(
                output,
                result,
                settled == null ? result.columns() : settled,
                ATTEMPT,
                time,
                memory,
                out)) {
      for (Table table : tables) {
        try (VectorSchemaRoot batch = table.batch(memory)) {
          encoder.write(batch);
        }
      }
      return new WrittenFile(path, encoder.finish());
    }
  }

  private static Optional<String> timeOf(Table table, Output output) {
    boolean snake = output.columns() == Output.ColumnNames.SNAKE;
    return table.fields().stream()
        .map(f -> snake ? SnakeCase.of(f.getName()) : f.getName())
        .filter("time"::equals)
        .findFirst();
  }

  /** The default settings, with columns named another way. */
  static Output named(Output.ColumnNames columns) {
    return other(columns, Output.DEFAULT.types());
  }

  private static Output other(Output.ColumnNames columns, Map<String, String> types) {
    Output d = Output.DEFAULT;
    return new Output(
        d.format(),
        d.timestamps(),
        d.timestampLoss(),
        columns,
        types,
        d.schema(),
        d.emptyFile(),
        d.partitionBy(),
        d.sort(),
        d.successMarker(),
        d.compression(),
        d.compressionLevel(),
        d.rowGroupBytes(),
        d.bloomFilters());
  }

  /** The default settings, with types of some columns. */
  static Output typed(Map<String, String> types) {
    return other(Output.DEFAULT.columns(), types);
  }

  public static Output with(Output.Format format, Output.TimestampUnit unit) {
    return output(format, unit, Output.TimestampLoss.COUNT, Output.DEFAULT.rowGroupBytes());
  }

  static Output compressed(Output.Format format, Output.Compression compression) {
    return output(
        format,
        Output.TimestampUnit.NS,
        Output.TimestampLoss.FAIL,
        Output.DEFAULT.rowGroupBytes(),
        compression);
  }

  public static Output output(
      Output.Format format,
      Output.TimestampUnit unit,
      Output.TimestampLoss loss,
      long rowGroupBytes) {
    return output(format, unit, loss, rowGroupBytes, Output.DEFAULT.compression());
  }

  private static Output output(
      Output.Format format,
      Output.TimestampUnit unit,
      Output.TimestampLoss loss,
      long rowGroupBytes,
      Output.Compression compression) {
    Output d = Output.DEFAULT;
    return new Output(
        format,
        unit,
        loss,
        d.columns(),
        d.types(),
        d.schema(),
        d.emptyFile(),
        d.partitionBy(),
        d.sort(),
        d.successMarker(),
        compression,
        d.compressionLevel(),
        rowGroupBytes,
        d.bloomFilters());
  }
}
