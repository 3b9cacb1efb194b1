package dev.tributary.run;

import dev.tributary.encode.Imprint;
import dev.tributary.inspect.Finding;
import dev.tributary.inspect.Finding.Cause;
import dev.tributary.inspect.Verifier;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Output;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Finds files that no manifest lists where a job's files lie. Files of other jobs that their own
 * manifests list are at home there; so is whatever has no extension of a data file.
 */
final class Strays {

  private final Job job;
  private final Destination destination;
  private final Ledger ledger;
  private final Kit kit;
  private final Keys keys;
  private final SeenKeys listed;

  /**
   * Prepares a search.
   *
   * @param listed the keys of all files that the newest manifests list
   */
  Strays(Job job, Destination destination, Ledger ledger, Kit kit, SeenKeys listed) {
    this.job = job;
    this.destination = destination;
    this.ledger = ledger;
    this.kit = kit;
    this.keys = new Keys(job);
    this.listed = listed;
  }

  /** Looks below the folder of the job's files; where they have none, where files are due. */
  void find(History history, Consumer<Finding> findings) throws Failure {
    Optional<ObjectKey> folder = keys.folder();
    if (folder.isPresent()) {
      for (List<ObjectKey> stretch : stretches(folder.orElseThrow())) {
        for (StoredObject object :
            destination.list(folder.orElseThrow(), stretch.get(0), stretch.get(1))) {
          if (isData(object.key()) && !listed.contains(object.key())) {
            judge(object.key()).ifPresent(findings);
          }
        }
      }
    } else if (!keys.parted()) {
      for (Window window : new Gaps(job, history, kit.clock().instant())) {
        ObjectKey key = keys.file(window);
        if (!listed.contains(key) && destination.look(key).isPresent()) {
          judge(key).ifPresent(findings);
        }
      }
    }
  }

  /** Bounds of listings that each hold one folder, so that never all objects are listed at once. */
  private List<List<ObjectKey>> stretches(ObjectKey folder) throws Failure {
    List<String> bounds = new ArrayList<>();
    for (String name : destination.folders(folder)) {
      bounds.add(folder + "/" + name + "/");
    }
    bounds.sort(null);
    List<List<ObjectKey>> stretches = new ArrayList<>();
    ObjectKey from = folder.resolve("!");
    for (String bound : bounds.subList(Math.min(1, bounds.size()), bounds.size())) {
      // keys are compared as texts; a slash is all that a key may not end with
      ObjectKey until = new ObjectKey(bound + "!");
      stretches.add(List.of(from, until));
      from = until;
    }
    stretches.add(List.of(from, new ObjectKey(folder + "" + (char) ('/' + 1))));
    return stretches;
  }

  private static boolean isData(ObjectKey key) {
    for (Output.Format format : Output.Format.values()) {
      if (key.fileName().endsWith("." + format.extension())) {
        return true;
      }
    }
    return false;
  }

  private Optional<Finding> judge(ObjectKey key) throws Failure {
    Imprint imprint = Verifier.imprint(destination, key);
    Optional<Attempt> stamped = imprint.stamped();
    if (stamped.isEmpty()) {
      return Optional.of(
          new Finding(
              job.name(), Optional.empty(), key, Cause.FOREIGN, Verifier.strangeness(imprint)));
    }
    Attempt attempt = stamped.orElseThrow();
    boolean ours = attempt.job().equals(job.name());
    Ledger home = ours ? ledger : Ledger.of(destination, attempt.job(), kit.clock());
    Optional<Manifest> newest = newest(home, attempt.window());
    if (newest.isPresent() && lists(newest.orElseThrow(), key)) {
      return Optional.empty();
    }
    return ours
        ? ofOurs(key, attempt, newest)
        : Optional.of(
            new Finding(
                job.name(), Optional.empty(), key, Cause.FOREIGN, Verifier.strangeness(imprint)));
  }

  /** A manifest that cannot be read is a finding of its own. */
  static Optional<Manifest> newest(Ledger home, Window window) throws Failure {
    try {
      return home.newest(window);
    } catch (Failure failure) {
      if (failure.kind() == Failure.Kind.REFUSED) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static boolean lists(Manifest manifest, ObjectKey key) {
    return manifest.files().stream().anyMatch(file -> file.key().equals(key));
  }

  private Optional<Finding> ofOurs(ObjectKey key, Attempt attempt, Optional<Manifest> newest)
      throws Failure {
    Window window = attempt.window();
    int recorded = newest.map(manifest -> manifest.attempt().generation()).orElse(0);
    boolean begun = ledger.intent(window, recorded + 1).isPresent();
    if (keys.parted()) {
      OptionalInt generation = keys.parts(window).generationOf(key);
      if (generation.isEmpty()) {
        return Optional.of(
            finding(window, key, Cause.COPY, "a copy of a part of window " + window));
      }
      return begun && generation.getAsInt() > recorded
          ? Optional.empty()
          : Optional.of(finding(window, key, Cause.ORPHAN, "a part that no newest manifest lists"));
    }
    if (!keys.file(window).equals(key)) {
      return Optional.of(
          finding(
              window,
              key,
              Cause.COPY,
              "a copy of window "
                  + window
                  + ", whose file belongs at '"
                  + keys.file(window)
                  + "'"));
    }
    if (newest.isPresent() && newest.orElseThrow().attempt().id().equals(attempt.id())) {
      return Optional.of(
          finding(window, key, Cause.MANIFEST, "the manifest of window " + window + " lacks it"));
    }
    if (begun) {
      return Optional.empty();
    }
    return Optional.of(
        attempt.generation() > recorded
            ? finding(window, key, Cause.UNRECORDED, "a complete file that has no manifest")
            : finding(
                window,
                key,
                Cause.FOREIGN,
                "generation "
                    + attempt.generation()
                    + " lies here, though "
                    + recorded
                    + " stands"));
  }

  private Finding finding(Window window, ObjectKey key, Cause cause, String what) {
    return new Finding(job.name(), Optional.of(window), key, cause, what);
  }
}
