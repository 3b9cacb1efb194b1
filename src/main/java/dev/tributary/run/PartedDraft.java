package dev.tributary.run;

import dev.tributary.encode.Encoder;
import dev.tributary.encode.PartitionedEncoder;
import dev.tributary.encode.ResultSchema;
import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.PartitionValue;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Origin;
import dev.tributary.land.StagedObject;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.SettledSchema;
import dev.tributary.plan.PartPath;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One file for each partition of a window; none for a window without rows, whatever {@code empty}
 * says, for there is no partition that it could lie in.
 */
final class PartedDraft implements Draft {

  /** What file systems allow in a name. */
  private static final int LONGEST_NAME_BYTES = 255;

  /** Object stores allow 1,024 with the destination's own prefix. */
  private static final int LONGEST_KEY_BYTES = 900;

  private final Job job;
  private final Destination destination;
  private final Ledger ledger;
  private final Stamps stamps;
  private final Kit kit;
  private final PartPath path;
  private final Attempt attempt;
  private final PartitionedEncoder encoder;
  private final List<Part> parts = new ArrayList<>();

  private record Part(ObjectKey key, StagedObject staged, DigestStream bytes) {}

  PartedDraft(
      Job job,
      Destination destination,
      Ledger ledger,
      Stamps stamps,
      Kit kit,
      PartPath path,
      ResultSchema result,
      SettledSchema schema,
      Attempt attempt)
      throws Failure {
    this.job = job;
    this.destination = destination;
    this.ledger = ledger;
    this.stamps = stamps;
    this.kit = kit;
    this.path = path;
    this.attempt = attempt;
    this.encoder =
        PartitionedEncoder.open(
            job.output(),
            result,
            schema.columns(),
            attempt,
            job.timeColumn(),
            kit.memory(),
            this::begin);
  }

  private OutputStream begin(List<PartitionValue> partition) throws Failure {
    ObjectKey key = path.key(partition, attempt.generation(), attempt.id(), parts.size() + 1);
    refuseIfLong(partition, key);
    StagedObject staged = destination.stage(key, Origin.of(attempt));
    DigestStream bytes = new DigestStream(staged.stream());
    parts.add(new Part(key, staged, bytes));
    return bytes;
  }

  private void refuseIfLong(List<PartitionValue> partition, ObjectKey key) throws Failure {
    for (PartitionValue value : partition) {
      int bytes = value.folder().length();
      if (bytes > LONGEST_NAME_BYTES) {
        throw tooLong(
            "a value of '"
                + value.column()
                + "' makes a folder's name of "
                + bytes
                + " bytes, and the longest is "
                + LONGEST_NAME_BYTES);
      }
    }
    int bytes = key.value().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_KEY_BYTES) {
      throw tooLong(
          "its folders make a key of " + bytes + " bytes, and the longest is " + LONGEST_KEY_BYTES);
    }
    int name = key.fileName().getBytes(StandardCharsets.UTF_8).length;
    if (name > LONGEST_NAME_BYTES) {
      throw tooLong(
          "the path makes a file's name of "
              + name
              + " bytes, and the longest is "
              + LONGEST_NAME_BYTES);
    }
  }

  private Failure tooLong(String what) {
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot partition window "
            + attempt.window()
            + " of job '"
            + job.name()
            + "': "
            + what
            + "; shorten it in the query, or partition by another column");
  }

  @Override
  public Encoder encoder() {
    return encoder;
  }

  /**
   * The intent comes first and lists every part with its digest and all that the manifest will
   * hold: from then on whoever finds all of them can write the manifest, and whoever does not knows
   * which of them to look for.
   */
  @Override
  public Optional<List<Manifest.DataFile>> publish(
      Sight sight, Attempt attempt, SettledSchema schema, Content content) throws Failure {
    List<Manifest.DataFile> promised = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      promised.add(
          new Manifest.DataFile(
              part.key(),
              part.bytes().count(),
              encoder.parts().get(i).rows(),
              part.bytes().sha256(),
              ""));
    }
    Manifest planned = kit.manifest(job, attempt, schema.columns(), content, promised);
    if (!ledger.beginPublication(planned, sight.intent())) {
      return Optional.empty();
    }
    List<Manifest.DataFile> visible = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      visible.add(Publication.visible(promised.get(i), commit(parts.get(i))));
    }
    return Optional.of(visible);
  }

  /**
   * A part that cannot be published ends the attempt, and those before it stay: whether a rival has
   * found all of them, after an answer that was lost, cannot be known here, so to remove them is
   * left to whoever sees the manifest of this generation.
   */
  private StoredObject commit(Part part) throws Failure {
    return stamps
        .landed(part.staged().commit(Condition.ABSENT), part.key(), attempt)
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.TRY_AGAIN,
                    "cannot publish "
                        + destination.address(part.key())
                        + ": it is not known what became of it; the window stays open"));
  }

  @Override
  public void close() {
    encoder.close();
    parts.forEach(part -> part.staged().close());
  }
}
