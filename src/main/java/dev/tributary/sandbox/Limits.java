package dev.tributary.sandbox;

import dev.tributary.sandbox.table.Tables;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.arrow.flight.CallStatus;

/** What a query costs by its scans, held against what the settings allow. */
final class Limits {

  private static final int BYTES_OF_A_VALUE = 16;

  private final SandboxSettings settings;
  private final Tables tables;

  Limits(SandboxSettings settings, Tables tables) {
    this.settings = settings;
    this.tables = tables;
  }

  boolean any() {
    return settings.fileLimit().isPresent() || settings.memoryLimit().isPresent();
  }

  /** Refuses a query that touches too many files, before it runs. */
  void checkFiles(List<Scan> scans) throws Refusal {
    long files = scans.stream().mapToLong(scan -> files(scan).distinct().count()).sum();
    if (settings.fileLimit().isPresent() && files > settings.fileLimit().getAsInt()) {
      throw new Refusal(
          CallStatus.INTERNAL,
          ("Error while planning query: External error: Query would exceed file limit of %d parquet"
                  + " files. Please specify a smaller time range for your query. You can increase"
                  + " the file limit with the `--query-file-limit` option in the serve command,"
                  + " however, query performance will be slower and the server may get OOM killed or"
                  + " become unstable as a result")
              .formatted(settings.fileLimit().getAsInt()));
    }
  }

  /** How a query fails that reads more than fits, once it runs. */
  Optional<Refusal> exhaustion(List<Scan> scans) {
    long bytes = scans.stream().mapToLong(this::bytes).sum();
    if (settings.memoryLimit().isEmpty() || bytes <= settings.memoryLimit().getAsLong()) {
      return Optional.empty();
    }
    long limit = settings.memoryLimit().getAsLong();
    return Optional.of(
        Refusal.execution(
            CallStatus.RESOURCE_EXHAUSTED,
            ("Resources exhausted: Additional allocation failed with top memory consumers (across"
                    + " reservations) as:\n  SandboxScan[0]#1(can spill: false) consumed %d.0 B.\n"
                    + "Error: Failed to allocate additional %d.0 B for SandboxScan[0] with %d.0 B"
                    + " already allocated for this reservation - 0.0 B remain available for the"
                    + " total pool")
                .formatted(limit, bytes - limit, limit)));
  }

  private LongStream files(Scan scan) {
    long span = settings.fileSpan().toNanos();
    return tables.table(scan.measurement()).stream()
        .flatMapToLong(
            table -> scan.rows(table).mapToLong(row -> Math.floorDiv(table.time(row), span)));
  }

  private long bytes(Scan scan) {
    return tables
        .table(scan.measurement())
        .map(table -> scan.rows(table).count() * table.columns().size() * BYTES_OF_A_VALUE)
        .orElse(0L);
  }
}
