package dev.tributary.encode;

import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Writes one file, batch by batch, into a stream it does not own. Without {@link #finish} the bytes
 * are no valid file. Confined to one thread; memory is bounded by the row group, never by the
 * result.
 */
public interface Encoder extends AutoCloseable {

  /** Counts the rows to come in a census, too; goes before the first {@link #write}. */
  void count(Census census);

  /**
   * Writes the rows of a batch, which stays the caller's.
   *
   * @throws Failure of kind {@code REFUSED} if a value does not fit its column
   */
  void write(VectorSchemaRoot batch) throws Failure;

  /** Writes what is left and the footer with the stamp, flushes, and tells what was written. */
  Content finish() throws Failure;

  /** Frees memory; idempotent, never throws. */
  @Override
  void close();
}
