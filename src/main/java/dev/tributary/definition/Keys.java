package dev.tributary.definition;

import static dev.tributary.definition.KeyTypes.choice;
import static dev.tributary.definition.KeyTypes.duration;
import static dev.tributary.definition.KeyTypes.flag;
import static dev.tributary.definition.KeyTypes.number;
import static dev.tributary.definition.KeyTypes.reference;
import static dev.tributary.definition.KeyTypes.share;
import static dev.tributary.definition.KeyTypes.size;
import static dev.tributary.definition.KeyTypes.text;
import static dev.tributary.definition.KeyTypes.url;
import static dev.tributary.definition.KeyTypes.word;

import dev.tributary.job.Cron;
import dev.tributary.job.Every;
import dev.tributary.job.Output;
import dev.tributary.job.Secret;
import dev.tributary.job.Source;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The table of every key. */
final class Keys {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long MIB = 1L << 20;

  private Keys() {}

  private static <T> Key<T> key(String name, KeyType<T> type, String fallback, String doc) {
    return new Key<>(name, type, fallback, doc);
  }

  /** Of a source. */
  static final class OfSource {
    static final Key<URI> URL =
        key(
            "url",
            url("grpc", "grpc+tls", "https"),
            "",
            "grpc://host:port, grpc+tls://host:port, or https://host");
    static final Key<Secret> TOKEN = key("token", reference(), "", "Bearer token, by reference");
    static final Key<String> CA =
        key("tls.ca", text(), "", "PEM file with the authorities to trust");
    static final Key<String> CERT = key("tls.cert", text(), "", "PEM file with our certificate");
    static final Key<String> KEY = key("tls.key", text(), "", "PEM file with our private key");
    static final Key<URI> PROXY = key("proxy", url("http"), "", "HTTP proxy to CONNECT through");
    static final Key<Source.Parameters> PARAMETERS =
        key(
            "parameters",
            choice(Source.Parameters.class),
            "bind",
            "Whether $start and $end are bound by the server or substituted");
    static final Key<Duration> CONNECT =
        key("timeouts.connect", duration(SECOND), "10s", "Longest wait for a connection");
    static final Key<Duration> IDLE =
        key("timeouts.idle", duration(SECOND), "60s", "Longest silence of the server");
    static final Key<Duration> WINDOW =
        key("timeouts.window", duration(SECOND), "5m", "Longest time of one query");
    static final Key<Long> MAX_QUERIES = key("max_queries", number(1, 64), "2", "Queries at once");
    static final Key<Duration> RETENTION =
        key("retention", duration(SECOND), "", "How long the server keeps rows");
    static final List<Key<?>> ALL =
        List.of(
            URL,
            TOKEN,
            CA,
            CERT,
            KEY,
            PROXY,
            PARAMETERS,
            CONNECT,
            IDLE,
            WINDOW,
            MAX_QUERIES,
            RETENTION);

    private OfSource() {}
  }

  /** Of a destination. */
  static final class OfDestination {
    static final Key<URI> URL =
        key(
            "url",
            url("file", "s3", "az", "gs"),
            "",
            "file:///path, s3://bucket/prefix, az://container/prefix or gs://bucket/prefix");
    static final Key<Boolean> SINGLE_WRITER =
        key("single_writer", flag(), "false", "The operator's word that nobody else writes here");
    static final List<Key<String>> SETTINGS =
        List.of(
            key("endpoint", text(), "", "S3: address of a compatible store"),
            key("region", text(), "", "S3: region"),
            key("path_style", word("true", "false"), "", "S3: bucket in the path"),
            key(
                "checksums",
                word("when_supported", "when_required"),
                "",
                "S3: when to send checksums"),
            key("storage_class", text(), "", "S3: storage class of new objects"),
            key("encryption", text(), "", "S3: none, sse-s3 or a KMS key id"),
            key("account", text(), "", "Azure: storage account"));
    static final List<Key<Secret>> SECRETS =
        List.of(
            key("access_key", reference(), "", "S3: access key, by reference"),
            key("secret_key", reference(), "", "S3: secret key, by reference"),
            key("session_token", reference(), "", "S3: session token, by reference"),
            key("account_key", reference(), "", "Azure: account key, by reference"),
            key("sas", reference(), "", "Azure: shared access signature, by reference"),
            key("credentials", reference(), "", "GCS: service account, by reference"));
    static final List<Key<?>> ALL = all();

    private OfDestination() {}

    private static List<Key<?>> all() {
      List<Key<?>> all = new java.util.ArrayList<>(List.of(URL, SINGLE_WRITER));
      all.addAll(SETTINGS);
      all.addAll(SECRETS);
      return List.copyOf(all);
    }
  }

  /** Of a job, and so of {@code defaults}. */
  static final class OfJob {
    static final Key<String> SOURCE = key("source", KeyTypes.name(), "", "Name of a source");
    static final Key<String> BUCKET = key("bucket", text(), "", "The InfluxDB database");
    static final Key<String> DATABASE = key("database", text(), "", "Another word for bucket");
    static final Key<String> SQL = key("sql", text(), "", "The query, in SQL");
    static final Key<String> SQL_FILE =
        key("sql_file", text(), "", "A file with the query, relative to this one");
    static final Key<String> INFLUXQL = key("influxql", text(), "", "The query, in InfluxQL");
    static final Key<String> INFLUXQL_FILE =
        key("influxql_file", text(), "", "A file with the query, relative to this one");
    static final Key<ZoneId> ZONE =
        key(
            "zone",
            KeyTypes.zone(),
            "UTC",
            "Calendar of windows of a day or more, of cron, of dates in paths");
    static final Key<Every> EVERY =
        key(
            "window.every",
            KeyTypes.every(),
            "",
            "Length of a window: 1m to 12h dividing a day, 1d, 1w, 1mo, 1y");
    static final Key<Duration> DELAY =
        key(
            "window.delay",
            duration(Duration.ZERO),
            "5m",
            "How long after its end a window falls due");
    static final Key<String> START =
        key("window.start", text(), "", "Start of the first window: a date or an instant");
    static final Key<String> BIN =
        key("window.bin", text(), "", "The query's bin where it cannot be read, or none");
    static final Key<String> TIME_COLUMN =
        key("time_column", text(), "time", "The result's time column, or none");
    static final Key<Cron> SCHEDULE =
        key(
            "schedule",
            KeyType.one(java.util.Map.of("type", "string"), CronText::parse),
            "",
            "Cron, 5 fields or a macro");
    static final Key<String> CATCHUP =
        key("catchup", text(), "all", "all, none, or how far back missed windows are made up");
    static final Key<String> REVISIT =
        key(
            "revisit",
            text().many(),
            "1d",
            "Ages after a window's end at which to look again, or none");
    static final Key<String> MISSING_TABLE =
        key("missing_table", word("fail", "empty"), "fail", "What a missing table means");
    static final Key<String> MEASUREMENT =
        key("measurement", word("drop", "keep"), "drop", "What becomes of iox::measurement");
    static final Key<String> SPLIT =
        key(
            "split",
            word("auto", "always", "never"),
            "auto",
            "Whether a window too large is queried in parts");
    static final Key<Long> RETRIES =
        key("retries", number(0, 10), "3", "Tries after the first, within one run");
    static final Key<Duration> TIMEOUT =
        key("timeout", duration(SECOND), "", "Longest time of one query");
    static final Key<Duration> RETENTION =
        key("retention", duration(SECOND), "", "How long the server keeps rows");
    static final Key<Duration> MAX_AGE =
        key("max_age", duration(SECOND), "", "Alarm when the newest complete window is older");
    static final Key<String> EXPECT_ROWS =
        key("expect.rows", text(), "", "Rows a result must have: \">= 1\", \"1..500\"");
    static final Key<String> EXPECT_SERIES =
        key("expect.series", text(), "", "Distinct series a result must have");
    static final Key<Double> EXPECT_NULLS =
        key("expect.max_null_share", share().map(), "", "Column to the largest share of nulls");
    static final Key<String> EXPECT_ON_FAILURE =
        key("expect.on_failure", word("fail", "warn"), "fail", "What a breach means");
    static final Key<Double> GUARD =
        key("guard", share(), "0", "Share of rows a replacement may lose");
    static final Key<Output.Format> FORMAT =
        key("format", choice(Output.Format.class), "parquet", "File format");
    static final Key<Output.TimestampUnit> TIMESTAMPS =
        key("timestamps", choice(Output.TimestampUnit.class), "us", "Unit of written timestamps");
    static final Key<Output.TimestampUnit> TIMESTAMPS_UNIT =
        key(
            "timestamps.unit",
            choice(Output.TimestampUnit.class),
            "us",
            "Unit of written timestamps");
    static final Key<Output.TimestampLoss> TIMESTAMPS_LOSS =
        key(
            "timestamps.loss",
            choice(Output.TimestampLoss.class),
            "count",
            "What happens when digits would be cut");
    static final Key<Output.ColumnNames> COLUMNS =
        key("columns", choice(Output.ColumnNames.class), "keep", "How columns are named");
    static final Key<String> TYPES = key("types", text().map(), "", "Column to type");
    static final Key<Output.SchemaPolicy> SCHEMA =
        key("schema", choice(Output.SchemaPolicy.class), "add", "Whether new columns are allowed");
    static final Key<String> EMPTY =
        key("empty", word("file", "none"), "file", "What a window without rows leaves");
    static final Key<String> PARTITION_BY =
        key("partition_by", text().many(), "", "Columns that become directories");
    static final Key<String> SORT =
        key("sort", text().many(), "", "Columns the rows are sorted by");
    static final Key<Boolean> SUCCESS_MARKER =
        key("success_marker", flag(), "false", "Whether a _SUCCESS object is written");
    static final Key<Output.Compression> COMPRESSION =
        key("compression", choice(Output.Compression.class), "zstd", "Codec of pages and buffers");
    static final Key<Long> COMPRESSION_LEVEL =
        key("compression_level", number(1, 19), "3", "Level of zstd");
    static final Key<Long> ROW_GROUP =
        key("row_group", size(MIB, 512 * MIB), "128MiB", "Target size of a row group");
    static final Key<String> BLOOM_FILTERS =
        key("bloom_filters", text().many(), "", "Columns with a bloom filter");
    static final Key<String> TO =
        key("destination.to", KeyTypes.name(), "", "Name of a destination");
    static final Key<String> PATH =
        key("destination.path", text(), "", "Template of keys below the destination's prefix");
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

    private OfJob() {}
  }

  /** Of the process. */
  static final class OfProcess {
    static final Key<Long> MEMORY =
        key(
            "memory",
            size(32 * MIB, 1L << 40),
            "",
            "Budget from which every run reserves; half of max direct memory");
    static final Key<Long> RUNS = key("runs", number(1, 256), "4", "Windows at once");
    static final Key<Long> PER_JOB =
        key("per_job", number(1, 64), "1", "Windows of one job at once");
    static final List<Key<?>> LIMITS = List.of(MEMORY, RUNS, PER_JOB);
    static final List<Key<?>> DAEMON =
        List.of(
            key("http.bind", text(), "127.0.0.1", "Address of the HTTP port"),
            key("http.port", number(1, 65_535), "8321", "HTTP port"),
            key("grace", duration(Duration.ZERO), "60s", "Time to finish after SIGTERM"),
            key("reconcile", duration(SECOND), "60s", "How often to look"),
            key("log.format", word("text", "json"), "text", "Form of log lines"),
            key(
                "log.level",
                word("error", "warn", "info", "debug", "trace"),
                "info",
                "Least level of log lines"));
    static final List<Key<?>> NOTIFY =
        List.of(
            key("webhook", KeyTypes.webhook(), "", "Reference or URL"),
            key("on", word("failure", "recovery", "silence").many(), "", "What to notify of"));

    private OfProcess() {}
  }
}
