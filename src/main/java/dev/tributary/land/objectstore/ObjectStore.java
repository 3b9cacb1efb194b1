package dev.tributary.land.objectstore;

import dev.tributary.land.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a store does with objects, by full name: one request a call, no retry. Safe for use by
 * several threads.
 */
interface ObjectStore extends AutoCloseable {

  /** The object of a name, if there is one, with its metadata. */
  Optional<Found> head(String name) throws StoreFault;

  /** When the object of a name was written by the store's clock; absent if it does not tell. */
  default Optional<Instant> written(String name) throws StoreFault {
    return Optional.empty();
  }

  /** {@code length} bytes from a position of the version seen; {@code REFUSED} if it changed. */
  byte[] read(Found object, long position, int length) throws StoreFault;

  /** A whole object that is not larger than the limit, or its first bytes up to there. */
  Optional<byte[]> read(String name, int limit) throws StoreFault;

  /** One page of a listing. */
  Page list(Scope scope, Optional<String> token) throws StoreFault;

  /**
   * Writes a whole object; returns its version.
   *
   * @param metadata kept with the object and returned by {@link #head}: names of lower-case
   *     letters, values in ASCII
   * @param condition absent: over whatever is there
   */
  String put(String name, Body body, Map<String, String> metadata, Optional<Condition> condition)
      throws StoreFault;

  /** Begins an object of several parts, with the metadata it will have. */
  Upload begin(String name, Map<String, String> metadata) throws StoreFault;

  /** Removes an object; one that is not there is no fault. */
  void delete(String name) throws StoreFault;

  /** Uploads below a prefix that were begun and neither completed nor aborted. */
  List<Pending> pending(String prefix) throws StoreFault;

  /** Ends a pending upload; one that is gone is no fault. */
  void abandon(Pending upload) throws StoreFault;

  @Override
  void close();

  /**
   * An object as the store describes it.
   *
   * @param metadata what it was written with, names in lower case; none in a listing
   */
  record Found(String name, long bytes, String version, Map<String, String> metadata) {

    Found(String name, long bytes, String version) {
      this(name, bytes, version, Map.of());
    }
  }

  /**
   * What to list.
   *
   * @param after names up to this one are left out; empty for none
   * @param flat whether names below a further slash count, or only their folders
   */
  record Scope(String prefix, String after, boolean flat) {}

  /** Part of a listing, ascending, with the token of the next, if there is more. */
  record Page(List<Found> objects, List<String> folders, Optional<String> next) {}

  /** An upload under way. */
  record Pending(String name, String id, Instant begun) {}

  /** Parts in order, then all of them at once or none. Confined to one thread. */
  interface Upload {

    void part(Body body) throws StoreFault;

    /** Publishes the parts; returns the object's version. */
    String complete(Condition condition) throws StoreFault;

    /** Drops the parts; once completed or gone it does nothing. */
    void abort() throws StoreFault;
  }
}
