package dev.tributary.land;

import dev.tributary.job.Failure;
import java.io.OutputStream;

/**
 * Bytes on their way to a destination, invisible to readers until committed. Closing without
 * committing discards them, so leaving a try block early can never publish half an object.
 *
 * <p>Confined to one thread.
 */
public interface StagedObject extends AutoCloseable {

  /** The stream to write to; closing it flushes but does not commit. */
  OutputStream stream();

  /**
   * Publishes everything written, at most once.
   *
   * @param condition what must hold at the key for the publication to happen
   * @return what became of it; {@link Landing.Refused} when the condition did not hold
   * @throws Failure if nothing became visible
   */
  Landing commit(Condition condition) throws Failure;

  /** Discards what was not committed. Never throws: a leftover is the sweep's. */
  @Override
  void close();
}
