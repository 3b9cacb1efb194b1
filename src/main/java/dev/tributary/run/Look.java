package dev.tributary.run;

import dev.tributary.encode.ReadBack;
import dev.tributary.inspect.Fingerprint;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Origin;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.CommitResult;
import dev.tributary.ledger.Intent;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.run.Outcome.How;
import java.time.Instant;
import java.util.ArrayList;
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
  private final Keys keys;
  private final Stamps stamps;
  private final Publication publication;

  Look(Job job, Destination destination, Ledger ledger, Kit kit, Stamps stamps, Keys keys) {
    this.job = job;
    this.destination = destination;
    this.ledger = ledger;
    this.kit = kit;
    this.keys = keys;
    this.stamps = stamps;
    this.publication = new Publication(job, destination, ledger, stamps, keys);
  }

  /** Looks at a window; what is complete and lacks a manifest gets one. */
  Sight at(Window window, Aim aim) throws Failure {
    Optional<Manifest> newest = ledger.newest(window);
    if (newest.isPresent() && aim == Aim.SETTLE) {
      return found(window, newest.orElseThrow());
    }
    Optional<Intent> intent = Optional.empty();
    if (aim != Aim.SETTLE || keys.parted()) {
      intent = ledger.intent(window, generation(newest) + 1);
      if (intent.isEmpty() && newest.isPresent() && aim == Aim.RESUME) {
        return tidied(window, newest.orElseThrow());
      }
      Optional<Sight> forward =
          intent.isPresent() ? forward(intent.orElseThrow(), newest) : Optional.empty();
      if (forward.isPresent() && aim != Aim.REPLACE) {
        return forward.orElseThrow();
      }
      if (forward.isPresent()) {
        newest = forward.orElseThrow().newest();
        intent = Optional.empty();
      }
    }
    if (aim != Aim.REVISIT) {
      // a look that finds nothing new does not mind where the file lies
      refuseMoved(window, newest);
    }
    return keys.parted() && newest.isPresent()
        ? open(window, newest, Condition.ABSENT, intent)
        : atFile(window, newest, intent, aim);
  }

  private Sight atFile(Window window, Optional<Manifest> newest, Optional<Intent> intent, Aim aim)
      throws Failure {
    ObjectKey key = keys.file(window);
    Optional<StoredObject> object = destination.look(key);
    if (object.isEmpty()) {
      return open(window, newest, Condition.ABSENT, intent);
    }
    StoredObject there = object.orElseThrow();
    if (newest.isPresent() && isObjectOf(newest.orElseThrow(), there)) {
      return open(window, newest, Condition.unchanged(there.version()), intent);
    }
    if (aim == Aim.REPAIR
        && newest.isPresent()
        && stamps.isRemainder(there, newest.orElseThrow())) {
      return open(window, newest, Condition.unchanged(there.version()), intent);
    }
    Origin origin = stamps.require(there, window);
    if (origin.generation() > generation(newest)) {
      return forward(there, window, stamps.account(there, window), intent, aim);
    }
    if (newest.isPresent() && newest.orElseThrow().attempt().id().equals(origin.attempt())) {
      return open(window, newest, Condition.unchanged(there.version()), intent);
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

  private static int generation(Optional<Manifest> newest) {
    return newest.map(manifest -> manifest.attempt().generation()).orElse(0);
  }

  /** Whether a second look, under the lock, sees what the first one saw. */
  boolean unchangedSince(Sight sight) throws Failure {
    return generation(ledger.newest(sight.window())) == sight.generation();
  }

  /** Refuses to replace a window whose files lie elsewhere than its job says now. */
  void refuseMoved(Window window, Optional<Manifest> newest) throws Failure {
    for (Manifest.DataFile file : newest.map(Manifest::files).orElse(List.of())) {
      if (!keys.isOurs(window, file)) {
        throw new Failure(
            Failure.Kind.REFUSED,
            "cannot replace window "
                + window
                + " of job '"
                + job.name()
                + "': its file is "
                + destination.address(file.key())
                + ", but path, format or partition_by now say '"
                + (keys.parted() ? keys.parts(window).pattern() : keys.file(window).value())
                + "'; a changed path applies to windows not yet committed");
      }
    }
  }

  /**
   * Says that a publication begins after whose manifest something is left to do, so that a crash in
   * its midst is found and completed. A window of several files says it with all that it plans.
   */
  void announce(Sight sight, Attempt attempt) throws Failure {
    if (!keys.parted() && (sight.newest().isPresent() || job.output().successMarker())) {
      ledger.beginReplacement(attempt);
    }
  }

  /** Says that a window was looked at again, and that its rows are the same. */
  Outcome.Settled unchanged(Sight sight, Instant at) throws Failure {
    Window window = sight.window();
    ledger.recordLook(window, window.age(at));
    return new Outcome.Settled(job.name(), window, How.UNCHANGED, sight.newest().orElseThrow(), at);
  }

  /** Turns the ledger's answer into the outcome, and does what is left to do. */
  Outcome.Settled recorded(CommitResult result, Sight sight, Manifest ours) throws Failure {
    boolean replaced = sight.newest().isPresent();
    Outcome.Settled settled =
        settled(result, sight.window(), replaced ? How.REPLACED : How.PUBLISHED);
    boolean announced = replaced || keys.parted() || job.output().successMarker();
    List<Intent> intents = new ArrayList<>();
    sight.intent().ifPresent(intents::add);
    if (announced && intents.isEmpty()) {
      intents.add(Intent.of(ours));
    }
    List<ObjectKey> parts =
        keys.parted() ? ours.files().stream().map(Manifest.DataFile::key).toList() : List.of();
    publication.follow(settled.manifest(), sight.newest(), intents, parts);
    return settled;
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

  private Sight found(Window window, Manifest manifest) {
    Outcome.Settled settled = new Outcome.Settled(job.name(), window, How.FOUND, manifest);
    return settled(settled, Condition.ABSENT);
  }

  /** A window whose manifest stands, and after which somebody did not come to clear away. */
  private Sight tidied(Window window, Manifest newest) throws Failure {
    List<Intent> intents = new ArrayList<>();
    for (Intent each : ledger.pendingIntents()) {
      if (each.window().equals(window) && each.generation() <= newest.attempt().generation()) {
        intents.add(each);
      }
    }
    publication.follow(newest, Optional.empty(), intents, List.of());
    return found(window, newest);
  }

  private Sight settled(Outcome.Settled settled, Condition condition) {
    return new Sight(
        settled.window(),
        keys.file(settled.window()),
        Optional.of(settled.manifest()),
        Optional.empty(),
        condition,
        Optional.of(settled));
  }

  private Sight open(
      Window window, Optional<Manifest> newest, Condition condition, Optional<Intent> intent) {
    return new Sight(window, keys.file(window), newest, intent, condition, Optional.empty());
  }

  private static boolean isObjectOf(Manifest manifest, StoredObject there) {
    return manifest.files().stream()
        .anyMatch(f -> f.key().equals(there.key()) && f.version().equals(there.version()));
  }

  /** Writes the manifest that an intent planned, if all of its files are there. */
  private Optional<Sight> forward(Intent intent, Optional<Manifest> before) throws Failure {
    if (intent.planned().isEmpty()) {
      return Optional.empty();
    }
    Manifest planned = intent.planned().orElseThrow();
    Optional<List<Manifest.DataFile>> files = publication.complete(planned);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Manifest manifest =
        kit.manifest(
            job, planned.attempt(), planned.columns(), planned.content(), files.orElseThrow());
    Outcome.Settled settled = settled(ledger.commit(manifest), intent.window(), How.ROLLED_FORWARD);
    publication.follow(settled.manifest(), before, List.of(intent), List.of());
    return Optional.of(settled(settled, Condition.ABSENT));
  }

  /** Writes the manifest that a complete file lacks, from its own stamp. */
  private Sight forward(
      StoredObject there, Window window, ReadBack stamped, Optional<Intent> intent, Aim aim)
      throws Failure {
    Manifest.DataFile file =
        new Manifest.DataFile(
            there.key(),
            there.bytes(),
            stamped.content().rows(),
            Fingerprint.sha256(destination, there.key())
                .orElseThrow(
                    () ->
                        new Failure(
                            Failure.Kind.TRY_AGAIN,
                            "cannot settle window "
                                + window
                                + " of job '"
                                + job.name()
                                + "': "
                                + destination.address(there.key())
                                + " was removed meanwhile; the window stays open")),
            there.version());
    Manifest manifest =
        kit.manifest(job, stamped.attempt(), stamped.columns(), stamped.content(), List.of(file));
    Outcome.Settled settled = settled(ledger.commit(manifest), window, How.ROLLED_FORWARD);
    List<Intent> intents =
        intent.isEmpty() && stamped.attempt().generation() == 1 && !job.output().successMarker()
            ? List.of()
            : List.of(intent.orElseGet(() -> Intent.of(manifest)));
    publication.follow(settled.manifest(), Optional.empty(), intents, List.of());
    Condition unchanged = Condition.unchanged(there.version());
    return aim == Aim.REPLACE
        ? open(window, Optional.of(settled.manifest()), unchanged, Optional.empty())
        : settled(settled, unchanged);
  }
}
