package dev.tributary.definition;

import static dev.tributary.definition.KeyTypes.choice;
import static dev.tributary.definition.KeyTypes.duration;
import static dev.tributary.definition.KeyTypes.flag;
import static dev.tributary.definition.KeyTypes.number;
import static dev.tributary.definition.KeyTypes.share;
import static dev.tributary.definition.KeyTypes.size;
import static dev.tributary.definition.KeyTypes.text;
import static dev.tributary.definition.KeyTypes.word;

import dev.tributary.job.Cron;
import dev.tributary.job.Every;
import dev.tributary.job.Output;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The keys of a job, and so of {@code defaults}. */
final class JobKeys {

  static final Key<String> SOURCE = Key.of("source", KeyTypes.name(), "", "Name of a source");
  static final Key<String> BUCKET = Key.of("bucket", text(), "", "The InfluxDB database");
  static final Key<String> DATABASE = Key.of("database", text(), "", "Another word for bucket");
  static final Key<String> SQL = Key.of("sql", text(), "", "The query, in SQL");
  static final Key<String> SQL_FILE =
      Key.of("sql_file", KeyTypes.file(), "", "A file with the query, relative to this one");
  static final Key<String> INFLUXQL = Key.of("influxql", text(), "", "The query, in InfluxQL");
  static final Key<String> INFLUXQL_FILE =
      Key.of("influxql_file", KeyTypes.file(), "", "A file with the query, relative to this one");
  static final Key<ZoneId> ZONE =
      Key.of(
          "zone",
          KeyTypes.zone(),
          "UTC",
          "Calendar of windows of a day or more, of cron, of dates in paths");
  static final Key<Every> EVERY =
      Key.of(
          "window.every",
          KeyTypes.every(),
          "",
          "Length of a window: 1m to 12h dividing a day, 1d, 1w, 1mo, 1y");
  static final Key<Duration> DELAY =
      Key.of(
          "window.delay",
          duration(Duration.ZERO),
          "5m",
          "How long after its end a window falls due");
  static final Key<String> START =
      Key.of("window.start", text(), "", "Start of the first window: a date or an instant");
  static final Key<String> BIN =
      Key.of("window.bin", text(), "", "The query's bin where it cannot be read, or none");
  static final Key<String> TIME_COLUMN =
      Key.of("time_column", text(), "time", "The result's time column, or none");
  static final Key<Cron> SCHEDULE =
      Key.of(
          "schedule",
          KeyType.one(java.util.Map.of("type", "string"), CronText::parse),
          "",
          "Cron, 5 fields or a macro");
  static final Key<String> CATCHUP =
      Key.of("catchup", text(), "all", "all, none, or how far back missed windows are made up");
  static final Key<String> REVISIT =
      Key.of(
          "revisit",
          KeyTypes.age().many(),
          "1d",
          "Ages after a window's end at which to look again, or none");
  static final Key<String> MISSING_TABLE =
      Key.of("missing_table", word("fail", "empty"), "fail", "What a missing table means");
  static final Key<String> MEASUREMENT =
      Key.of("measurement", word("drop", "keep"), "drop", "What becomes of iox::measurement");
  static final Key<String> SPLIT =
      Key.of(
          "split",
          word("auto", "always", "never"),
          "auto",
          "Whether a window that the server refuses for its size is queried in pieces");
  static final Key<Long> RETRIES =
      Key.of("retries", number(0, 10), "3", "Tries after the first, within one run");
  static final Key<Duration> TIMEOUT =
      Key.of("timeout", duration(Duration.ofSeconds(1)), "", "Longest time of one query");
  static final Key<Duration> RETENTION =
      Key.of("retention", duration(Duration.ofSeconds(1)), "", "How long the server keeps rows");
  static final Key<Duration> MAX_AGE =
      Key.of(
          "max_age",
          duration(Duration.ofSeconds(1)),
          "",
          "Alarm when the newest complete window is older");
  static final Key<String> EXPECT_ROWS =
      Key.of("expect.rows", KeyTypes.count(), "", "Rows a result must have: \">= 1\", \"1..500\"");
  static final Key<String> EXPECT_SERIES =
      Key.of("expect.series", KeyTypes.count(), "", "Distinct series a result must have");
  static final Key<Double> EXPECT_NULLS =
      Key.of("expect.max_null_share", share().map(), "", "Column to the largest share of nulls");
  static final Key<String> EXPECT_ON_FAILURE =
      Key.of("expect.on_failure", word("fail", "warn"), "fail", "What a breach means");
  static final Key<Double> GUARD =
      Key.of("guard", share(), "0", "Share of rows a replacement may lose");
  static final Key<Output.Format> FORMAT =
      Key.of("format", choice(Output.Format.class), "parquet", "File format");
  static final Key<Output.TimestampUnit> TIMESTAMPS =
      Key.of("timestamps", choice(Output.TimestampUnit.class), "us", "Unit of written timestamps");
  static final Key<Output.TimestampUnit> TIMESTAMPS_UNIT =
      Key.of(
          "timestamps.unit",
          choice(Output.TimestampUnit.class),
          "us",
          "Unit of written timestamps");
  static final Key<Output.TimestampLoss> TIMESTAMPS_LOSS =
      Key.of(
          "timestamps.loss",
          choice(Output.TimestampLoss.class),
          "count",
          "What happens when digits would be cut");
  static final Key<Output.ColumnNames> COLUMNS =
      Key.of("columns", choice(Output.ColumnNames.class), "keep", "How columns are named");
  static final Key<String> TYPES =
      Key.of("types", ColumnTypeText.type().map(), "", "Written column to type");
  static final Key<Output.SchemaPolicy> SCHEMA =
      Key.of("schema", choice(Output.SchemaPolicy.class), "add", "Whether new columns are allowed");
  static final Key<String> EMPTY =
      Key.of("empty", word("file", "none"), "file", "What a window without rows leaves");
  static final Key<String> PARTITION_BY =
      Key.of("partition_by", text().many(), "", "Columns that become directories");
  static final Key<String> SORT =
      Key.of("sort", text().many(), "", "Columns the rows are sorted by");
  static final Key<Boolean> SUCCESS_MARKER =
      Key.of("success_marker", flag(), "false", "Whether a _SUCCESS object is written");
  static final Key<Output.Compression> COMPRESSION =
      Key.of("compression", choice(Output.Compression.class), "zstd", "Codec of pages and buffers");
  static final Key<Long> COMPRESSION_LEVEL =
      Key.of("compression_level", number(1, 19), "3", "Level of zstd");
  static final Key<Long> ROW_GROUP =
      Key.of("row_group", size(1L << 20, 512L << 20), "128MiB", "Target size of a row group");
  static final Key<String> BLOOM_FILTERS =
      Key.of("bloom_filters", text().many(), "", "Columns with a bloom filter");
  static final Key<String> TO =
      Key.of("destination.to", KeyTypes.name(), "", "Name of a destination");
  static final Key<String> PATH =
      Key.of("destination.path", text(), "", "Template of keys below the destination's prefix");
  static final List<Key<?>> ALL =
      List.of(
          SOURCE,
          BUCKET,
          DATABASE,
          SQL,
          SQL_FILE,
          INFLUXQL,
          INFLUXQL_FILE,
          ZONE,
          EVERY,
          DELAY,
          START,
          BIN,
          TIME_COLUMN,
          SCHEDULE,
          CATCHUP,
          REVISIT,
          MISSING_TABLE,
          MEASUREMENT,
          SPLIT,
          RETRIES,
          TIMEOUT,
          RETENTION,
          MAX_AGE,
          EXPECT_ROWS,
          EXPECT_SERIES,
          EXPECT_NULLS,
          EXPECT_ON_FAILURE,
          GUARD,
          FORMAT,
          TIMESTAMPS,
          TIMESTAMPS_UNIT,
          TIMESTAMPS_LOSS,
          COLUMNS,
          TYPES,
          SCHEMA,
          EMPTY,
          PARTITION_BY,
          SORT,
          SUCCESS_MARKER,
          COMPRESSION,
          COMPRESSION_LEVEL,
          ROW_GROUP,
          BLOOM_FILTERS,
          TO,
          PATH);

  private JobKeys() {}
}
