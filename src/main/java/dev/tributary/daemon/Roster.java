package dev.tributary.daemon;

import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.run.Rounds;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which job is looked at and which window is settled next. Every decision follows from the
 * definitions, what is known of each job, and the clock, so that it does not matter who asks for
 * it, or how often. Safe for use by several threads.
 */
final class Roster {

  private static final Logger log = LoggerFactory.getLogger(Roster.class);

  private final Crew crew;
  private final Ticks ticks;
  private final Errand errand;
  private final Map<JobName, Post> posts = new TreeMap<>();
  private final Set<Post> ready = new LinkedHashSet<>();
  private final Map<String, Integer> asking = new HashMap<>();
  private JobSet.Limits limits = new JobSet.Limits(1, 1);
  private Duration soon = Duration.ofMinutes(1);
  private int running;
  private int abandoned;
  private boolean stopping;

  Roster(Crew crew, Ticks ticks) {
    this.crew = crew;
    this.ticks = ticks;
    this.errand = new Errand(crew);
  }

  /** Takes over another set of jobs; windows under way finish as they began. */
  synchronized void assign(Collection<Post> others, JobSet set) {
    posts.clear();
    ready.clear();
    others.forEach(post -> posts.put(post.name(), post));
    others.stream().filter(post -> !post.waiting().isEmpty()).forEach(ready::add);
    limits = set.limits();
    soon = set.pace().reconcile();
  }

  /** What is known of a job, for its next definition. */
  synchronized Optional<Post> post(JobName job) {
    return Optional.ofNullable(posts.get(job));
  }

  synchronized List<Post> posts() {
    return List.copyOf(posts.values());
  }

  /** Looks at all jobs. */
  synchronized void reconcile() {
    Instant now = now();
    posts.values().forEach(post -> look(post, now));
    dispatch(now);
  }

  /** Looks at one job. */
  synchronized void look(JobName job) {
    Post post = posts.get(job);
    if (post != null) {
      Instant now = now();
      look(post, now);
      dispatch(now);
    }
  }

  /** Begins no new window from now on. */
  synchronized void stop() {
    stopping = true;
    notifyAll();
  }

  /** Windows under way. */
  synchronized int running() {
    return running;
  }

  /** Waits until no window is under way, but at most so long. */
  synchronized boolean awaitIdle(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (running > 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  /** Whether a stop leaves windows that are due. */
  synchronized boolean leavesWork() {
    Instant now = now();
    return running > 0
        || abandoned > 0
        || posts.values().stream().anyMatch(post -> post.leavesWork(now));
  }

  /** Asks something of all jobs at one instant. */
  synchronized <T> List<T> each(Function<Post, T> question) {
    return posts.values().stream().map(question).toList();
  }

  /** Asks something of one job; empty if there is no such job. */
  synchronized <T> Optional<T> of(JobName job, Function<Post, Optional<T>> question) {
    return Optional.ofNullable(posts.get(job)).flatMap(question);
  }

  private Instant now() {
    return crew.kit().clock().instant();
  }

  private void look(Post post, Instant now) {
    if (!stopping && post.wantsLook(now) && post.circuit().admits(now)) {
      boolean probe = post.circuit().isOpen();
      post.circuit().setsOut();
      post.setOut();
      crew.looks().execute(() -> lookInto(post, probe));
    }
  }

  private void lookInto(Post post, boolean probe) {
    try {
      errand.run(post, this, soon, probe);
    } catch (Failure failure) {
      refused(post, failure);
      crew.rounds().refused(post.name(), failure);
    } catch (RuntimeException bug) {
      log.error("this is a bug in tributary, please report it", bug);
      refused(post, bug(post));
    } finally {
      synchronized (this) {
        post.cameBack();
        post.circuit().ended();
        Instant now = now();
        if (!post.waiting().isEmpty() && posts.get(post.name()) == post) {
          ready.add(post);
        }
        tick(post, now);
        dispatch(now);
      }
    }
  }

  private static Failure bug(Post post) {
    return new Failure(
        Failure.Kind.TRY_AGAIN,
        "cannot work on job '" + post.name() + "': a mistake in this program, see its log");
  }

  private synchronized void refused(Post post, Failure failure) {
    Instant now = now();
    post.refused(failure, now, pause(post));
    log.warn(
        "job={} {}; next try at {}", post.name(), failure.sentence(), post.trouble().nextTry());
  }

  private void tick(Post post, Instant now) {
    Instant next = post.nextLook();
    if (next.isAfter(now) && next.isBefore(Instant.MAX)) {
      ticks.set(post.name(), next);
    }
  }

  private Duration pause(Post post) {
    return Pauses.after(post.trouble().times() + 1, crew.random());
  }

  /** Hands out windows as long as the limits allow. */
  private void dispatch(Instant now) {
    while (!stopping && running < limits.runs()) {
      Post best = null;
      for (Post post : ready) {
        if (mayBegin(post, now)
            && (best == null
                || post.waiting().getFirst().compareTo(best.waiting().getFirst()) < 0)) {
          best = post;
        }
      }
      if (best == null) {
        return;
      }
      best.circuit().setsOut();
      begin(best, now);
    }
  }

  private boolean mayBegin(Post post, Instant now) {
    return !post.waiting().isEmpty()
        && post.circuit().admits(now)
        && post.running().size() < limits.perJob()
        && !post.trouble().holds(now)
        && asking.getOrDefault(source(post), 0) < post.job().source().maxQueries();
  }

  private static String source(Post post) {
    return post.job().source().name();
  }

  private void begin(Post post, Instant now) {
    Candidate candidate = post.waiting().removeFirst();
    if (post.waiting().isEmpty()) {
      ready.remove(post);
    }
    post.running().put(candidate.due().window(), now);
    asking.merge(source(post), 1, Integer::sum);
    running++;
    crew.turns().execute(() -> turn(post, candidate));
  }

  private void turn(Post post, Candidate candidate) {
    Rounds.Turn turn;
    try {
      turn =
          crew.rounds()
              .settle(
                  post.lane().orElseThrow(),
                  candidate.due(),
                  history(post),
                  pause -> post.circuit().isOpen() || crew.pause().test(pause));
    } catch (RuntimeException bug) {
      log.error("this is a bug in tributary, please report it", bug);
      turn =
          new Rounds.Turn(
              Optional.empty(), Optional.empty(), Optional.of(bug(post)), Optional.empty());
    }
    noted(post, candidate, turn);
    // now it is known when the next try is, and the window still counts as running: who waits for
    // the end has heard all
    crew.rounds().ended(turn);
    ended(post, candidate, turn.failure().isPresent());
  }

  private synchronized History history(Post post) {
    return post.history().orElse(History.NONE);
  }

  private synchronized void noted(Post post, Candidate candidate, Rounds.Turn turn) {
    Post current = current(post);
    if (current.sharesLedgerWith(post)) {
      current.ended(candidate.due().window(), turn, now(), pause(current));
    }
    if (current.waiting().isEmpty()) {
      ready.remove(current);
    }
  }

  /** The job may have been defined anew meanwhile. */
  private Post current(Post post) {
    return posts.getOrDefault(post.name(), post);
  }

  private synchronized void ended(Post post, Candidate candidate, boolean failed) {
    Instant now = now();
    running--;
    abandoned += stopping && failed ? 1 : 0;
    asking.merge(source(post), -1, Integer::sum);
    post.running().remove(candidate.due().window());
    post.circuit().ended();
    Post current = current(post);
    look(current, now);
    tick(current, now);
    dispatch(now);
    notifyAll();
  }
}
