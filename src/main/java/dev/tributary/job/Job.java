package dev.tributary.job;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One job, whole and checked: everything that {@code definition} accepted and the rest of the
 * program needs. Immutable.
 *
 * @param name unique over all files
 * @param source where the rows come from
 * @param bucket the InfluxDB database
 * @param query the query, with its placeholders
 * @param zone calendar of windows of a day or more, of the schedule and of dates in paths
 * @param windowing the window grid; absent for a snapshot job
 * @param schedule when to look; absent means as soon as due
 * @param catchup how far back missed windows are made up
 * @param revisit ages after a window's end at which to look again
 * @param timeColumn the result's time column; absent when the operator said that it has none
 * @param missingTableIsEmpty whether a missing SQL table counts as no rows
 * @param keepMeasurement whether {@code iox::measurement} stays in the result
 * @param retries attempts after the first, within one run; 0 to 10
 * @param timeout one query from ticket to end of stream
 * @param expect what a result must fulfil before it is published
 * @param output how files are written
 * @param target where files go
 * @param ages how old windows may grow
 * @param hashes what tells one definition from another
 */
public record Job(
    JobName name,
    Source source,
    String bucket,
    Query query,
    ZoneId zone,
    Optional<Windowing> windowing,
    Optional<Cron> schedule,
    Catchup catchup,
    List<Duration> revisit,
    Optional<String> timeColumn,
    boolean missingTableIsEmpty,
    boolean keepMeasurement,
    int retries,
    Duration timeout,
    Expect expect,
    Output output,
    Target target,
    Ages ages,
    Hashes hashes) {

  public Job {
    revisit = List.copyOf(revisit);
  }

  /** The same job, asking another server. */
  public Job from(Source other) {
    return with(other, expect, hashes);
  }

  /** The same job, whose replacements may lose rows. */
  public Job unguarded() {
    return with(source, expect.unguarded(), hashes);
  }

  /** The same job with the hashes of its definition. */
  public Job hashed(Hashes of) {
    return with(source, expect, of);
  }

  private Job with(Source from, Expect expected, Hashes of) {
    return new Job(
        name,
        from,
        bucket,
        query,
        zone,
        windowing,
        schedule,
        catchup,
        revisit,
        timeColumn,
        missingTableIsEmpty,
        keepMeasurement,
        retries,
        timeout,
        expected,
        output,
        target,
        ages,
        of);
  }

  /** A job without windows exports what there is at an instant. */
  public boolean isSnapshot() {
    return windowing.isEmpty();
  }

  /**
   * The window grid.
   *
   * @param every length of a window
   * @param delay how long after its end a window falls due; never negative
   * @param start first window's start; absent means the newest complete window at the first run
   * @param bin the grid the query groups by; absent when it is not binned or cannot be read
   * @param split whether a window that is too large may be queried in pieces
   */
  public record Windowing(
      Every every, Duration delay, Optional<Instant> start, Optional<Bin> bin, Split split) {

    /** Windows that are always queried whole. */
    public Windowing(Every every, Duration delay, Optional<Instant> start, Optional<Bin> bin) {
      this(every, delay, start, bin, Split.NEVER);
    }
  }

  /**
   * How far back missed windows are made up, counted from the instant each fell due.
   *
   * @param reach {@link #ALL} and {@link #NONE} are the two extremes: everything, and only the
   *     newest due window
   */
  public record Catchup(Optional<Duration> reach, boolean newestOnly) {
    public static final Catchup ALL = new Catchup(Optional.empty(), false);
    public static final Catchup NONE = new Catchup(Optional.empty(), true);

    public static Catchup within(Duration reach) {
      return new Catchup(Optional.of(reach), false);
    }

    @Override
    public String toString() {
      return newestOnly ? "none" : reach.map(Durations::text).orElse("all");
    }
  }

  /**
   * Where files go.
   *
   * @param destination the destination as the operator defined it
   * @param path template of keys below the destination's prefix
   */
  public record Target(DestinationSpec destination, String path) {}

  /**
   * How old windows may grow.
   *
   * @param retention how long the source keeps their rows, where the operator said so
   * @param maxAge age of the newest complete window from which on the job counts as silent
   */
  public record Ages(Optional<Duration> retention, Optional<Duration> maxAge) {
    public static final Ages NONE = new Ages(Optional.empty(), Optional.empty());
  }

  /**
   * What tells one definition from another.
   *
   * @param query tells one query from another: tokens, bucket and source
   * @param definition every key that affects rows or bytes, secrets unresolved
   */
  public record Hashes(String query, String definition) {}
}
