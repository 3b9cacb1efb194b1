package dev.tributary.land;

import dev.tributary.job.ObjectKey;
import java.util.Optional;

/**
 * An object as the destination knows it.
 *
 * @param key below the destination's prefix
 * @param bytes size
 * @param version changes with every change of the object: an etag, a generation, on local disk the
 *     file's identity, size and modification time
 * @param origin whose it is, if it was published with that and looked at by itself; a listing does
 *     not tell
 */
public record StoredObject(ObjectKey key, long bytes, String version, Optional<Origin> origin) {

  /** An object of which no origin is known. */
  public StoredObject(ObjectKey key, long bytes, String version) {
    this(key, bytes, version, Optional.empty());
  }
}
