package dev.tributary.ledger;

import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The newest manifests of a span of windows, ascending, read one at a time. Confined to one thread.
 */
public final class Manifests {

  private final Records records;
  private final Iterator<ObjectKey> keys;
  private final int count;

  Manifests(Records records, List<ObjectKey> keys) {
    this.records = records;
    this.keys = keys.iterator();
    this.count = keys.size();
  }

  /** How many windows there are in all. */
  public int count() {
    return count;
  }

  /**
   * The next one; absent at the end.
   *
   * @throws Failure that names the manifest which cannot be read; the next call goes on after it
   */
  public Optional<Manifest> next() throws Failure {
    while (keys.hasNext()) {
      Optional<Manifest> manifest = Ledger.readManifest(records, keys.next());
      if (manifest.isPresent()) {
        return manifest;
      }
    }
    return Optional.empty();
  }
}
