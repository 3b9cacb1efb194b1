package dev.tributary.query;

import dev.tributary.job.Failure;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A result on its way, batch by batch. Rows that were delivered prove nothing: only {@link #next}
 * returning false, without a failure, means that the result is complete. Confined to one thread.
 */
public interface BatchStream extends AutoCloseable {

  /** The result's columns; none at all when the server had no data and so no columns to name. */
  Schema schema();

  /**
   * Loads the next batch that has rows; keep-alives are swallowed.
   *
   * @return false at the complete end of the result
   * @throws Failure if the server broke off, refused, stayed silent or took too long
   */
  boolean next() throws Failure;

  /** The batch that {@link #next} loaded, valid until the next call. Owned by the stream. */
  VectorSchemaRoot batch();

  /** Rows of the present batch. */
  default int rows() {
    return batch().getRowCount();
  }

  /** Ends the call at the server if it still runs, and frees the batch. Never throws. */
  @Override
  void close();
}
