package dev.tributary.land;

import dev.tributary.job.ObjectKey;

/**
 * An object as the destination knows it.
 *
 * @param key below the destination's prefix
 * @param bytes size
 * @param version changes with every change of the object: an etag, a generation, on local disk the
 *     file's identity, size and modification time
 */
public record StoredObject(ObjectKey key, long bytes, String version) {}
