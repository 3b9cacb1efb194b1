package dev.tributary.run;

import dev.tributary.encode.ReadBack;
import dev.tributary.inspect.Verifier;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.Origin;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.Manifest;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * Tells whose an object at the destination is, by its metadata or the stamp in it. Safe for several
 * threads.
 */
final class Stamps {

  private final Job job;
  private final Destination destination;
  private final Kit kit;

  Stamps(Job job, Destination destination, Kit kit) {
    this.job = job;
    this.destination = destination;
    this.kit = kit;
  }

  /** What a landing put at a key; empty when it put nothing there, or another is there. */
  Optional<StoredObject> landed(Landing landing, ObjectKey key, Attempt attempt) throws Failure {
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
    return object.isPresent() ? object : ours(key, attempt);
  }

  /** After an answer was lost or refused: is the object at the key the one of this attempt? */
  private Optional<StoredObject> ours(ObjectKey key, Attempt attempt) throws Failure {
    Optional<StoredObject> there = destination.look(key);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    boolean same =
        origin(there.orElseThrow()).map(o -> o.attempt().equals(attempt.id())).orElse(false);
    return same ? there : Optional.empty();
  }

  /** Whether an object says that it is of this job's window; one that says nothing is not. */
  boolean isOf(ObjectKey key, Window window) throws Failure {
    Optional<StoredObject> there = destination.look(key);
    return there.isPresent()
        && origin(there.orElseThrow()).filter(o -> o.isOf(job.name(), window)).isPresent();
  }

  /** Whether an object is what is left of a file that a manifest names. */
  boolean isRemainder(StoredObject there, Manifest manifest) throws Failure {
    return Verifier.imprint(destination, there.key()).isRemainderOf(manifest.attempt());
  }

  /** The object's own account of itself; absent when it gives none. */
  Optional<ReadBack> of(ObjectKey key) throws Failure {
    return read(key);
  }

  /** Whose an object that was looked at is: of this job and window, or it is left alone. */
  Origin require(StoredObject there, Window window) throws Failure {
    Origin origin = origin(there).orElseThrow(() -> foreign(there, "it carries no stamp of ours"));
    if (!origin.job().equals(job.name())) {
      throw foreign(there, "it belongs to job '" + origin.job() + "'");
    }
    if (!origin.window().equals(window)) {
      throw foreign(there, "it holds window " + origin.window());
    }
    return origin;
  }

  /** The object's whole account of itself, for the manifest that it lacks. */
  ReadBack account(StoredObject there, Window window) throws Failure {
    ReadBack stamped =
        read(there.key()).orElseThrow(() -> foreign(there, "it carries no stamp of ours"));
    require(
        new StoredObject(
            there.key(), there.bytes(), there.version(), Optional.of(Origin.of(stamped.attempt()))),
        window);
    return stamped;
  }

  /** By the object's metadata, which one look has told; where a destination has none, its stamp. */
  private Optional<Origin> origin(StoredObject there) throws Failure {
    return there.origin().isPresent()
        ? there.origin()
        : read(there.key()).map(stamped -> Origin.of(stamped.attempt()));
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

  private Optional<ReadBack> read(ObjectKey key) throws Failure {
    Optional<SeekableByteChannel> channel = destination.open(key);
    if (channel.isEmpty()) {
      return Optional.empty();
    }
    try (SeekableByteChannel bytes = channel.orElseThrow()) {
      return ReadBack.of(bytes, kit.memory(), job.timeColumn());
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "cannot read " + destination.address(key) + ": " + e.getMessage(),
          e);
    }
  }
}
