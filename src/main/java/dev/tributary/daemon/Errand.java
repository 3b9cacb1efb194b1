package dev.tributary.daemon;

import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.plan.Coverage;
import dev.tributary.run.Lane;
import dev.tributary.run.Rounds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A look into one job: reads its history when that is wanted, and finds out what is due. */
final class Errand {

  private static final Logger log = LoggerFactory.getLogger(Errand.class);

  /** How long a history is trusted, give or take a tenth. */
  private static final Duration TRUSTED = Duration.ofMinutes(15);

  private final Crew crew;
  private final Set<Object> swept = new HashSet<>();

  Errand(Crew crew) {
    this.crew = crew;
  }

  /**
   * @param lock guards the post
   * @param probe whether its source is to be asked even though it failed before
   * @param soon how long to wait for a source's clock to catch up with ours
   */
  void run(Post post, Object lock, Duration soon, boolean probe) throws Failure {
    boolean reading;
    List<History.Committed> unsaved;
    Optional<Lane> open;
    synchronized (lock) {
      open = post.lane();
      reading = post.wantsReading(now());
      unsaved = post.unsaved();
    }
    Lane lane = open.isPresent() ? open.orElseThrow() : open(post, lock);
    if (reading) {
      sweep(lane);
      History read = lane.ledger().history().with(unsaved);
      int saved = saved(lane, read, unsaved);
      int givenUp = Coverage.givenUp(post.job(), read, now());
      synchronized (lock) {
        post.read(read, saved, givenUp, now().plus(trusted()));
      }
    }
    History known;
    synchronized (lock) {
      known = post.history().orElse(History.NONE);
    }
    if (post.circuit().isOpen() && !probe) {
      // it was closed when this look was handed out, and others have failed since
      return;
    }
    Rounds.Found found = crew.rounds().look(lane, known);
    synchronized (lock) {
      post.found(found, now(), now().plus(soon));
    }
  }

  private Lane open(Post post, Object lock) throws Failure {
    Lane lane = crew.lanes().lane(post.job()).guarded(post.circuit(), crew.kit());
    synchronized (lock) {
      post.opened(lane);
    }
    return lane;
  }

  /** Writes down what was settled since; a hint for the next start, so a failure is no matter. */
  private static int saved(Lane lane, History history, List<History.Committed> unsaved) {
    if (unsaved.isEmpty()) {
      return 0;
    }
    try {
      lane.ledger().writeIndex(history);
      return unsaved.size();
    } catch (Failure failure) {
      log.warn("job={} {}", lane.job().name(), failure.sentence());
      return 0;
    }
  }

  /** Once at each destination, what crashed writers left goes. */
  private void sweep(Lane lane) {
    synchronized (swept) {
      if (!swept.add(lane.job().target().destination())) {
        return;
      }
    }
    try {
      lane.sweep();
    } catch (Failure failure) {
      log.warn("job={} {}", lane.job().name(), failure.sentence());
    }
  }

  private Duration trusted() {
    return Duration.ofMillis((long) (TRUSTED.toMillis() * (0.9 + crew.random().nextDouble() / 5)));
  }

  private Instant now() {
    return crew.kit().clock().instant();
  }
}
