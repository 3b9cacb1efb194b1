package dev.tributary.run;

import dev.tributary.inspect.Fingerprint;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.Intent;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What comes before and after the manifest of a window that goes through an intent. Safe for use by
 * several threads.
 *
 * <p>Why nothing here takes a file from a live rival: a part says its generation in its name, and
 * only that generation's manifest ever lists it, for an attempt publishes and a roll forward
 * records under the generation that the intent says. Of each generation one manifest is ever
 * created. So once the manifest of a generation stands, its other parts, and those of every
 * generation before, are nobody's and never will be anyone's, even if their writer lives and adds
 * more: it will find the manifest taken and step back. Before that manifest stands any part may yet
 * be listed, by its writer or by whoever finds all of them, so nothing is removed then, not even
 * our own. On local disk the job's lock, held from the second look to the manifest, lets an
 * unfinished publication be seen by others only when its writer is dead; nothing relies on that,
 * for object stores have no lock.
 */
final class Publication {

  private final Job job;
  private final Destination destination;
  private final Ledger ledger;
  private final Stamps stamps;
  private final Keys keys;

  Publication(Job job, Destination destination, Ledger ledger, Stamps stamps, Keys keys) {
    this.job = job;
    this.destination = destination;
    this.ledger = ledger;
    this.stamps = stamps;
    this.keys = keys;
  }

  /** A promised file, now that it is there. */
  static Manifest.DataFile visible(Manifest.DataFile promised, StoredObject there) {
    return new Manifest.DataFile(
        promised.key(), promised.bytes(), promised.rows(), promised.sha256(), there.version());
  }

  /** The files that an intent promised, when all of them are there as promised. */
  Optional<List<Manifest.DataFile>> complete(Manifest planned) throws Failure {
    List<Manifest.DataFile> visible = new ArrayList<>();
    for (Manifest.DataFile file : planned.files()) {
      Optional<StoredObject> there = destination.look(file.key());
      if (there.isEmpty()
          || there.orElseThrow().bytes() != file.bytes()
          || !Fingerprint.sha256(destination, file.key()).equals(Optional.of(file.sha256()))) {
        return Optional.empty();
      }
      visible.add(visible(file, there.orElseThrow()));
    }
    return Optional.of(visible);
  }

  /**
   * Follows a manifest that stands: the marker, then the removal of what it leaves behind, last the
   * intent, so that a crash anywhere in between is taken up again.
   *
   * @param standing the newest manifest
   * @param before the one that it took the place of
   * @param intents those of this window, up to this generation
   * @param ours keys that this attempt may have published
   */
  void follow(
      Manifest standing, Optional<Manifest> before, List<Intent> intents, List<ObjectKey> ours)
      throws Failure {
    Window window = standing.attempt().window();
    if (job.output().successMarker()) {
      destination.overwrite(keys.marker(window), new byte[0]);
    }
    Set<ObjectKey> left = new TreeSet<>(ours);
    boolean parted = keys.parted();
    for (Intent intent : intents) {
      intent.planned().ifPresent(planned -> left.addAll(keysOf(planned)));
    }
    if (parted) {
      before.ifPresent(replaced -> left.addAll(keysOf(replaced)));
      if (before.isPresent() || !intents.isEmpty()) {
        left.addAll(unlisted(standing));
      }
    }
    left.removeAll(keysOf(standing));
    for (ObjectKey key : left) {
      destination.delete(key);
    }
    for (Intent intent : intents) {
      ledger.endReplacement(window, intent.generation());
    }
  }

  /**
   * Parts up to the generation that stands which attempts before the last have left: their intents
   * are gone, so they are known by their names, and by their stamps to be no other job's.
   */
  private List<ObjectKey> unlisted(Manifest standing) throws Failure {
    Window window = standing.attempt().window();
    Set<ObjectKey> listed = keysOf(standing);
    List<ObjectKey> found = new ArrayList<>();
    for (StoredObject object : keys.listed(destination, window)) {
      OptionalInt generation = keys.parts(window).generationOf(object.key());
      if (generation.isPresent()
          && generation.getAsInt() <= standing.attempt().generation()
          && !listed.contains(object.key())
          && stamps.isOf(object.key(), window)) {
        found.add(object.key());
      }
    }
    return found;
  }

  private static Set<ObjectKey> keysOf(Manifest manifest) {
    return manifest.files().stream()
        .map(Manifest.DataFile::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
