package dev.tributary.land.objectstore;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.objectstore.ObjectStore.Found;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out, before a process writes for the first time, whether a store keeps to the conditions of
 * a write: some compatible ones take them, say yes, and overwrite. It costs three requests, for
 * what the first process leaves is refused to all others, which is the proof. Where the operator
 * says that nobody else writes, nothing is asked, and a look before each write stands in for the
 * condition. Safe for use by several threads.
 */
final class Conditions {

  /** What destinations leave out of their listings. */
  static final ObjectKey STAGING = new ObjectKey("_tributary/staging");

  private static final ObjectKey TAKEN = STAGING.resolve("conditions.txt");
  private static final ObjectKey FREE = STAGING.resolve("conditions-free.txt");
  private static final byte[] TEXT =
      "This object is never replaced: that it cannot be shows that two writers are kept apart.\n"
          .getBytes(StandardCharsets.UTF_8);

  private final URI url;
  private final ObjectStore store;
  private final Names names;
  private final boolean singleWriter;
  private boolean proven;

  Conditions(URI url, ObjectStore store, Names names, boolean singleWriter) {
    this.url = url;
    this.store = store;
    this.names = names;
    this.singleWriter = singleWriter;
  }

  /**
   * Comes before a write that has a condition.
   *
   * @throws Failure of kind {@code CONFIGURATION} if the store would not keep to it
   */
  synchronized void prove() throws Failure {
    if (singleWriter || proven) {
      return;
    }
    try {
      if (areIgnored()) {
        throw new Failure(
            Kind.CONFIGURATION,
            "cannot write to '"
                + url
                + "': its store ignores the conditions of a write, so two writers could not be told"
                + " apart; if nobody else ever writes there, say 'single_writer: true'");
      }
    } catch (StoreFault e) {
      throw Complaints.cannotWrite(url, e);
    }
    proven = true;
  }

  private boolean areIgnored() throws StoreFault {
    String taken = names.of(TAKEN);
    boolean first = lands(taken, Condition.ABSENT);
    if (first) {
      boolean replaced = lands(taken, Condition.ABSENT);
      if (replaced) {
        return true;
      }
    }
    Optional<Found> there = store.head(taken);
    String free = names.of(FREE);
    // a version that the store itself gave, of an object that is not this one
    if (there.isEmpty() || !lands(free, Condition.unchanged(there.orElseThrow().version()))) {
      return false;
    }
    store.delete(free);
    return true;
  }

  private boolean lands(String name, Condition condition) throws StoreFault {
    for (boolean again = false; ; again = true) {
      try {
        store.put(name, Body.of(TEXT), Map.of(), Optional.of(condition));
        return true;
      } catch (StoreFault e) {
        if (e.sort() == Sort.REFUSED) {
          return false;
        }
        // after a lost answer only another request can tell
        if (again || e.sort() != Sort.UNCLEAR) {
          throw e;
        }
      }
    }
  }

  /** Whether a condition holds as far as a look can tell; the store's own judgement follows. */
  boolean mayHold(String name, Condition condition) throws StoreFault {
    return !singleWriter || store.head(name).map(Found::version).equals(condition.version());
  }
}
