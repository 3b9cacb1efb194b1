package dev.tributary.job;

import java.util.List;
import java.util.Map;

/**
 * How a job's files are written.
 *
 * @param format file format
 * @param timestamps unit of every timestamp column
 * @param timestampLoss what happens when digits would be cut
 * @param columns how columns are named
 * @param types column name to type, overriding the result's
 * @param schema whether new columns are allowed
 * @param emptyFile whether a window without rows leaves a typed, empty file
 * @param partitionBy columns that become directories
 * @param sort columns the rows are sorted by
 * @param successMarker whether a {@code _SUCCESS} object is written
 * @param compression codec of pages, respectively buffers
 * @param compressionLevel zstd level, 1 to 19
 * @param rowGroupBytes target size of a row group, at most 512 MiB
 * @param bloomFilters columns with a bloom filter
 */
public record Output(
    Format format,
    TimestampUnit timestamps,
    TimestampLoss timestampLoss,
    ColumnNames columns,
    Map<String, String> types,
    SchemaPolicy schema,
    boolean emptyFile,
    List<String> partitionBy,
    List<String> sort,
    boolean successMarker,
    Compression compression,
    int compressionLevel,
    long rowGroupBytes,
    List<String> bloomFilters) {

  public static final Output DEFAULT =
      new Output(
          Format.PARQUET,
          TimestampUnit.US,
          TimestampLoss.COUNT,
          ColumnNames.KEEP,
          Map.of(),
          SchemaPolicy.ADD,
          true,
          List.of(),
          List.of(),
          false,
          Compression.ZSTD,
          3,
          128L << 20,
          List.of());

  public Output {
    types = Map.copyOf(types);
    partitionBy = List.copyOf(partitionBy);
    sort = List.copyOf(sort);
    bloomFilters = List.copyOf(bloomFilters);
  }

  public Output withFormat(Format other) {
    return with(other, partitionBy, sort, rowGroupBytes, bloomFilters);
  }

  /** The same columns in one file whose rows claim no order. */
  public Output unordered() {
    return with(format, List.of(), List.of(), rowGroupBytes, List.of());
  }

  /** The same with another target size of row groups. */
  public Output withRowGroupBytes(long other) {
    return with(format, partitionBy, sort, other, bloomFilters);
  }

  private Output with(
      Format in, List<String> parts, List<String> order, long rowGroup, List<String> blooms) {
    return new Output(
        in,
        timestamps,
        timestampLoss,
        columns,
        types,
        schema,
        emptyFile,
        parts,
        order,
        successMarker,
        compression,
        compressionLevel,
        rowGroup,
        blooms);
  }

  /** A file format, with the file name's extension. */
  public enum Format {
    PARQUET("parquet"),
    ARROW("arrow");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    public String extension() {
      return extension;
    }

    /** That of a data file, by its name. */
    public static Format of(ObjectKey file) {
      return file.fileName().endsWith("." + ARROW.extension) ? ARROW : PARQUET;
    }
  }

  /** The unit timestamps are written in. */
  public enum TimestampUnit {
    NS,
    US,
    MS
  }

  /** What happens when a timestamp has digits below the unit. */
  public enum TimestampLoss {
    COUNT,
    FAIL
  }

  /** How columns are named. */
  public enum ColumnNames {
    KEEP,
    SNAKE
  }

  /** Whether a result may bring columns the job's schema lacks. */
  public enum SchemaPolicy {
    ADD,
    FREEZE
  }

  /** Codec of pages and buffers. */
  public enum Compression {
    ZSTD,
    SNAPPY,
    NONE
  }
}
