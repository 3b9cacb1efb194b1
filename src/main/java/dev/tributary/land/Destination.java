package dev.tributary.land;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A place below which objects lie, by key. Publication is atomic: an object is whole or not there.
 * Safe for use by several threads and, through its conditions, by several processes.
 */
public interface Destination extends AutoCloseable {

  /** The address of an object, for messages and for readers that take URIs. */
  URI address(ObjectKey key);

  /** The object at a key, if there is one. */
  Optional<StoredObject> look(ObjectKey key) throws Failure;

  /**
   * When the object at a key was written, by the destination's own clock; absent if it does not
   * tell.
   */
  default Optional<Instant> written(ObjectKey key) throws Failure {
    return Optional.empty();
  }

  /** A small object's bytes, if it is there. Up to 64 MiB. */
  Optional<byte[]> read(ObjectKey key) throws Failure;

  /** Opens an object for reading at any position; absent if it is not there. */
  Optional<SeekableByteChannel> open(ObjectKey key) throws Failure;

  /** Objects whose keys begin with {@code prefix + "/"}, ascending by key, staging left out. */
  List<StoredObject> list(ObjectKey prefix) throws Failure;

  /**
   * Objects below a prefix whose keys lie in {@code [from, until)}, likewise: a store's listing
   * starts and ends there, so what lies outside costs nothing.
   */
  List<StoredObject> list(ObjectKey prefix, ObjectKey from, ObjectKey until) throws Failure;

  /** Names of the folders directly below a prefix, ascending, staging left out. */
  List<String> folders(ObjectKey prefix) throws Failure;

  /** Begins an object; nothing is visible before its commit. */
  StagedObject stage(ObjectKey key) throws Failure;

  /**
   * Begins an object that says whose it is; a destination that keeps nothing beside an object's
   * bytes leaves that out.
   */
  default StagedObject stage(ObjectKey key, Origin origin) throws Failure {
    return stage(key);
  }

  /** Publishes a small object in one step. */
  Landing put(ObjectKey key, byte[] content, Condition condition) throws Failure;

  /** Publishes a small object over whatever is there: for hints whose loss costs nothing. */
  void overwrite(ObjectKey key, byte[] content) throws Failure;

  /** Removes an object; one that is not there is no failure. */
  void delete(ObjectKey key) throws Failure;

  /**
   * Holds off other writers of this job's windows from the last look to the manifest, where the
   * store has no conditional replace; elsewhere a lock that costs nothing. Waits for its turn.
   */
  Lock lock(JobName job) throws Failure;

  /**
   * The same, for who can tell an operator that a process which was stopped holds up all others.
   *
   * @param late hears once, on another thread, who has held the lock unusually long, as words that
   *     more can follow; never, where no process waits for another
   */
  default Lock lock(JobName job, Consumer<String> late) throws Failure {
    return lock(job);
  }

  /** Removes what dead writers left in staging; returns how many objects. Foreign ones stay. */
  int sweep() throws Failure;

  /**
   * The same where staging is shared with strangers, as a bucket's unfinished uploads are.
   *
   * @param ours tells the keys that writers of these definitions can have left
   */
  default int sweep(Predicate<ObjectKey> ours) throws Failure {
    return sweep();
  }

  @Override
  void close();

  /** Held until closed. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }
}
