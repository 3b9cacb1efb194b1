package dev.tributary.ledger;

import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The newest manifests of a span of windows, ascending, read one at a time. Safe for use by several
 * threads, which each take another one.
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

  /**
   * A manifest that was listed, by its name.
   *
   * @param key where it lies
   */
  public record Listed(Window window, int generation, ObjectKey key) {}

  /** How many windows there are in all. */
  public int count() {
    return count;
  }

  /** Takes the next one's name; absent at the end. */
  public synchronized Optional<Listed> take() {
    if (!keys.hasNext()) {
      return Optional.empty();
    }
    ObjectKey key = keys.next();
    return LedgerKeys.named(key).map(named -> new Listed(named.window(), named.generation(), key));
  }

  /**
   * Reads one that was taken; absent if it is gone since.
   *
   * @throws Failure of kind {@code REFUSED} if it is damaged
   */
  public Optional<Manifest> read(Listed listed) throws Failure {
    return Ledger.readManifest(records, listed.key());
  }

  /**
   * Takes and reads the next one; absent at the end.
   *
   * @throws Failure that names the manifest which cannot be read; the next call goes on after it
   */
  public Optional<Manifest> next() throws Failure {
    for (Optional<Listed> listed = take(); listed.isPresent(); listed = take()) {
      Optional<Manifest> manifest = read(listed.orElseThrow());
      if (manifest.isPresent()) {
        return manifest;
      }
    }
    return Optional.empty();
  }
}
