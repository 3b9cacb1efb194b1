package dev.tributary.run;

import dev.tributary.encode.Encoder;
import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.SettledSchema;
import java.util.List;
import java.util.Optional;

/**
 * The files of one attempt, staged: nothing of them is visible before {@link #publish}, and closing
 * discards what was not published. Confined to one thread.
 */
interface Draft extends AutoCloseable {

  /** Takes the rows; {@link Encoder#finish} goes before {@link #publish}. */
  Encoder encoder();

  /**
   * Makes the files visible, under the job's lock and after the second look.
   *
   * @return what is visible now; empty when a rival was faster and it is time to look again
   * @throws Failure if not all of them became visible
   */
  Optional<List<Manifest.DataFile>> publish(
      Sight sight, Attempt attempt, SettledSchema schema, Content content) throws Failure;

  @Override
  void close();
}
