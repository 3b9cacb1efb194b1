package dev.tributary.run;

import dev.tributary.encode.Encoder;
import dev.tributary.encode.Encoders;
import dev.tributary.encode.ResultSchema;
import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.land.Destination;
import dev.tributary.land.Origin;
import dev.tributary.land.StagedObject;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.SettledSchema;
import java.util.List;
import java.util.Optional;

/** One file at the window's key, or none for a window without rows. */
final class SingleDraft implements Draft {

  private final Job job;
  private final Stamps stamps;
  private final StagedObject staged;
  private final DigestStream bytes;
  private final Encoder encoder;

  SingleDraft(
      Job job,
      Destination destination,
      Stamps stamps,
      Kit kit,
      Sight sight,
      ResultSchema result,
      SettledSchema schema,
      Attempt attempt)
      throws Failure {
    this.job = job;
    this.stamps = stamps;
    this.staged = destination.stage(sight.key(), Origin.of(attempt));
    try {
      this.bytes = new DigestStream(staged.stream());
      this.encoder =
          Encoders.open(
              job.output(),
              result,
              schema.columns(),
              attempt,
              job.timeColumn(),
              kit.memory(),
              bytes);
    } catch (Failure | RuntimeException e) {
      staged.close();
      throw e;
    }
  }

  @Override
  public Encoder encoder() {
    return encoder;
  }

  @Override
  public Optional<List<Manifest.DataFile>> publish(
      Sight sight, Attempt attempt, SettledSchema schema, Content content) throws Failure {
    if (content.rows() == 0 && !sight.hasFile() && !fileWanted(schema)) {
      return Optional.of(List.of());
    }
    return stamps
        .landed(staged.commit(sight.condition()), sight.key(), attempt)
        .map(
            there ->
                List.of(
                    new Manifest.DataFile(
                        sight.key(),
                        bytes.count(),
                        content.rows(),
                        bytes.sha256(),
                        there.version())));
  }

  /** An empty window leaves a file when its columns are known and the operator wants one. */
  private boolean fileWanted(SettledSchema schema) {
    return job.output().emptyFile() && !schema.columns().isEmpty();
  }

  @Override
  public void close() {
    encoder.close();
    staged.close();
  }
}
