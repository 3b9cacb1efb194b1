package dev.tributary.run;

import dev.tributary.encode.ReadBack;
import dev.tributary.inspect.Fingerprint;
import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.CommitResult;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.plan.PathTemplate;
import dev.tributary.run.Outcome.How;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what is there before anything is queried or written: manifests, complete files that
 * lack one, and strangers. Safe for use by several threads.
 */
final class Look {

  private final Job job;
  private final Destination destination;
  private final Ledger ledger;
  private final Kit kit;
  private final PathTemplate path;

  Look(Job job, Destination destination, Ledger ledger, Kit kit) {
    this.job = job;
    this.destination = destination;
    this.ledger = ledger;
    this.kit = kit;
    this.path = PathTemplate.ofChecked(job.target().path());
  }

  private ObjectKey keyOf(Window window) {
    return path.key(job.name(), window, job.zone(), job.output().format().extension());
  }

  /** Looks at a window; a complete file without a manifest gets one. */
  Sight at(Window window, Aim aim) throws Failure {
    ObjectKey key = keyOf(window);
    Optional<Manifest> newest = ledger.newest(window);
    if (newest.isPresent() && aim == Aim.SETTLE) {
      return found(window, key, newest.orElseThrow());
    }
    Optional<StoredObject> object = destination.look(key);
    if (object.isEmpty()) {
      return open(window, key, newest, Condition.ABSENT);
    }
    StoredObject there = object.orElseThrow();
    if (newest.isPresent() && isObjectOf(newest.orElseThrow(), there)) {
      return open(window, key, newest, Condition.unchanged(there.version()));
    }
    ReadBack stamped = readBack(there, window);
    int generation = newest.map(manifest -> manifest.attempt().generation()).orElse(0);
    if (stamped.attempt().generation() > generation) {
      return forward(there, window, stamped, aim);
    }
    if (newest.isPresent() && newest.orElseThrow().attempt().id().equals(stamped.attempt().id())) {
      return open(window, key, newest, Condition.unchanged(there.version()));
    }
    throw new Failure(
        Failure.Kind.REFUSED,
        "cannot replace "
            + destination.address(key)
            + ": it is not the file that the newest"
            + " manifest of window "
            + window
            + " names; run 'verify "
            + job.name()
            + "'");
  }

  /** Whether a second look, under the lock, sees what the first one saw. */
  boolean unchangedSince(Sight sight) throws Failure {
    int now = ledger.newest(sight.window()).map(m -> m.attempt().generation()).orElse(0);
    return now == sight.generation();
  }

  /** Says that a replacement begins, so that a crash in its midst is found and completed. */
  void announce(Sight sight, Attempt attempt) throws Failure {
    if (sight.newest().isEmpty()) {
      return;
    }
    for (Manifest.DataFile file : sight.newest().orElseThrow().files()) {
      if (!file.key().equals(sight.key())) {
        throw new Failure(
            Failure.Kind.REFUSED,
            "cannot replace window "
                + sight.window()
                + " of job '"
                + job.name()
                + "': its file is "
                + destination.address(file.key())
                + ", but path or format now say '"
                + sight.key()
                + "'; a changed path applies to windows not yet committed");
      }
    }
    ledger.beginReplacement(attempt);
  }

  /** What a landing amounts to; empty when something else is at the key. */
  Optional<Manifest.DataFile> landed(
      Landing landing, ObjectKey key, Attempt attempt, DigestStream bytes, Content content)
      throws Failure {
    Optional<StoredObject> object =
        landing.fold(
            new Landing.Cases<Optional<StoredObject>>() {
              @Override
              public Optional<StoredObject> landed(Landing.Landed landed) {
                return Optional.of(landed.object());
              }

              @Override
              public Optional<StoredObject> refused(Landing.Refused refused) {
                return Optional.empty();
              }

              @Override
              public Optional<StoredObject> unknown(Landing.Unknown unknown) {
                return Optional.empty();
              }
            });
    if (object.isEmpty()) {
      object = ours(key, attempt);
    }
    return object.map(
        there ->
            new Manifest.DataFile(
                key, bytes.count(), content.rows(), bytes.sha256(), there.version()));
  }

  /** After an answer was lost or refused: is the object at the key the one of this attempt? */
  private Optional<StoredObject> ours(ObjectKey key, Attempt attempt) throws Failure {
    Optional<StoredObject> there = destination.look(key);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    boolean same =
        readStamp(there.orElseThrow())
            .map(r -> r.attempt().id().equals(attempt.id()))
            .orElse(false);
    return same ? there : Optional.empty();
  }

  /** Turns the ledger's answer into the outcome, and closes the intent of a replacement. */
  Outcome.Settled recorded(CommitResult result, Sight sight) throws Failure {
    boolean replaced = sight.newest().isPresent();
    if (replaced) {
      ledger.endReplacement(sight.window(), sight.generation() + 1);
    }
    return settled(result, sight.window(), replaced ? How.REPLACED : How.PUBLISHED);
  }

  /** What a manifest's creation amounts to: ours, or a rival's that stood there first. */
  private Outcome.Settled settled(CommitResult result, Window window, How ours) {
    return result.fold(
        new CommitResult.Cases<Outcome.Settled>() {
          @Override
          public Outcome.Settled ours(CommitResult.Ours mine) {
            return new Outcome.Settled(job.name(), window, ours, mine.manifest());
          }

          @Override
          public Outcome.Settled rivals(CommitResult.Rivals theirs) {
            return new Outcome.Settled(job.name(), window, How.FOUND, theirs.manifest());
          }
        });
  }

  private Sight found(Window window, ObjectKey key, Manifest manifest) {
    Outcome.Settled settled = new Outcome.Settled(job.name(), window, How.FOUND, manifest);
    return new Sight(window, key, Optional.of(manifest), Condition.ABSENT, Optional.of(settled));
  }

  private static Sight open(
      Window window, ObjectKey key, Optional<Manifest> newest, Condition condition) {
    return new Sight(window, key, newest, condition, Optional.empty());
  }

  private static boolean isObjectOf(Manifest manifest, StoredObject there) {
    return manifest.files().stream()
        .anyMatch(f -> f.key().equals(there.key()) && f.version().equals(there.version()));
  }

  /** Writes the manifest that a complete file lacks, from its own stamp. */
  private Sight forward(StoredObject there, Window window, ReadBack stamped, Aim aim)
      throws Failure {
    Manifest.DataFile file =
        new Manifest.DataFile(
            there.key(),
            there.bytes(),
            stamped.content().rows(),
            Fingerprint.sha256(destination, there.key()),
            there.version());
    Manifest manifest =
        kit.manifest(stamped.attempt(), stamped.columns(), stamped.content(), List.of(file));
    Outcome.Settled settled = settled(ledger.commit(manifest), window, How.ROLLED_FORWARD);
    if (stamped.attempt().generation() > 1) {
      ledger.endReplacement(window, stamped.attempt().generation());
    }
    Condition unchanged = Condition.unchanged(there.version());
    return new Sight(
        window,
        there.key(),
        Optional.of(settled.manifest()),
        unchanged,
        aim == Aim.REPLACE ? Optional.empty() : Optional.of(settled));
  }

  /** The object's own account of itself, which must be of this job and window. */
  private ReadBack readBack(StoredObject there, Window window) throws Failure {
    ReadBack stamped =
        readStamp(there).orElseThrow(() -> foreign(there, "it carries no stamp of ours"));
    if (!stamped.attempt().job().equals(job.name())) {
      throw foreign(there, "it belongs to job '" + stamped.attempt().job() + "'");
    }
    if (!stamped.attempt().window().equals(window)) {
      throw foreign(there, "it holds window " + stamped.attempt().window());
    }
    return stamped;
  }

  private Failure foreign(StoredObject there, String why) {
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot publish "
            + destination.address(there.key())
            + ": an object is there and "
            + why
            + "; it is left alone, move it away or change the job's path");
  }

  private Optional<ReadBack> readStamp(StoredObject there) throws Failure {
    Optional<SeekableByteChannel> channel = destination.open(there.key());
    if (channel.isEmpty()) {
      return Optional.empty();
    }
    try (SeekableByteChannel bytes = channel.orElseThrow()) {
      return ReadBack.of(bytes, kit.memory(), job.timeColumn());
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "cannot read " + destination.address(there.key()) + ": " + e.getMessage(),
          e);
    }
  }
}
