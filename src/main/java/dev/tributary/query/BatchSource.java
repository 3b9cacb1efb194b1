package dev.tributary.query;

import dev.tributary.job.Failure;
import dev.tributary.job.Query;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;

/** A server that answers queries with batches. Safe for use by several threads. */
public interface BatchSource extends AutoCloseable {

  /**
   * Sends one query and waits for the result's schema.
   *
   * @throws Failure if the server refused, could not be reached or stayed silent
   */
  BatchStream open(Request request) throws Failure;

  /**
   * The server's own clock.
   *
   * @param bucket a database the token may read
   * @throws Failure as {@link #open}
   */
  Instant now(String bucket) throws Failure;

  /** Ends every stream still open. */
  @Override
  void close();

  /**
   * One query over one window.
   *
   * @param bucket the database
   * @param query with the places of its bounds
   * @param window bound to {@code $start} and {@code $end}
   * @param timeout from ticket to end of stream
   * @param missingTableIsEmpty whether a missing SQL table gives a result without columns or rows
   * @param keepMeasurement whether {@code iox::measurement} stays in the result
   */
  record Request(
      String bucket,
      Query query,
      Window window,
      Duration timeout,
      boolean missingTableIsEmpty,
      boolean keepMeasurement) {

    /** The same query over another window. */
    public Request over(Window other) {
      return new Request(bucket, query, other, timeout, missingTableIsEmpty, keepMeasurement);
    }
  }
}
