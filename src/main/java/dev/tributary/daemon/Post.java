package dev.tributary.daemon;

import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.plan.Due;
import dev.tributary.plan.Mode;
import dev.tributary.plan.Planner;
import dev.tributary.run.Circuit;
import dev.tributary.run.Lane;
import dev.tributary.run.Rounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One job's place in the daemon: what is known of it, what waits and what runs. Guarded by the
 * roster's lock.
 */
final class Post {

  /** Settled windows after which a job that has nothing left to do writes its index. */
  private static final int WORTH_AN_INDEX = 100;

  private final Job job;
  private final Circuit circuit;
  private final Map<Window, Instant> running;
  private final Deque<Candidate> waiting = new ArrayDeque<>();
  private final List<History.Committed> unsaved = new ArrayList<>();
  private @Nullable Lane lane;
  private @Nullable History history;
  private int folded;
  private int givenUp;
  private boolean errand;
  private Instant looked = Instant.MIN;
  private Instant quietUntil = Instant.MIN;
  private Instant readAgain = Instant.MIN;
  private Trouble trouble = Trouble.NONE;

  Post(Job job, Circuit circuit) {
    this(job, circuit, new TreeMap<>());
  }

  private Post(Job job, Circuit circuit, Map<Window, Instant> running) {
    this.job = job;
    this.circuit = circuit;
    this.running = running;
  }

  /** The same job by another definition: what runs goes on, what is known stays known. */
  Post redefined(Job by, Circuit other) {
    Post post = new Post(by, other, running);
    if (sharesLedgerWith(post)) {
      post.history = history;
      post.unsaved.addAll(unsaved);
      post.folded = folded;
      post.givenUp = givenUp;
      post.readAgain = readAgain;
    }
    return post;
  }

  boolean sharesLedgerWith(Post other) {
    return job.target().destination().equals(other.job.target().destination());
  }

  /** What it runs on; empty before it was opened. */
  Optional<Lane> lane() {
    return Optional.ofNullable(lane);
  }

  void opened(Lane on) {
    lane = on;
  }

  Job job() {
    return job;
  }

  JobName name() {
    return job.name();
  }

  Circuit circuit() {
    return circuit;
  }

  Map<Window, Instant> running() {
    return running;
  }

  Deque<Candidate> waiting() {
    return waiting;
  }

  Trouble trouble() {
    return trouble;
  }

  /** What is known of its windows; empty before the first reading. */
  Optional<History> history() {
    if (history != null && folded < unsaved.size()) {
      history = history.with(unsaved.subList(folded, unsaved.size()));
      folded = unsaved.size();
    }
    return Optional.ofNullable(history);
  }

  /** How many windows had dropped out of the catch-up at the last reading. */
  int givenUp() {
    return givenUp;
  }

  /**
   * When a window that failed is tried again, unless something changes before; empty if it did not.
   */
  Optional<Instant> nextTry(Window window) {
    Optional<Instant> job = trouble.last().map(JobState.LastFailure::nextTry);
    History.Failed failed =
        history().map(known -> known.failures().get(window.start())).orElse(null);
    if (failed == null || !failed.lasting()) {
      return job;
    }
    Instant again = Planner.dueAgain(failed);
    return job.filter(next -> next.isAfter(again)).or(() -> Optional.of(again));
  }

  /** Whether somebody has to look at it now; a pure question when its history is known. */
  boolean wantsLook(Instant now) {
    if (now.isBefore(looked)) {
      // our clock was set back, so what was thought of the future is void
      quietUntil = Instant.MIN;
      readAgain = Instant.MIN;
      trouble = trouble.until(now);
      looked = now;
    }
    if (errand || trouble.holds(now)) {
      return false;
    }
    if (wantsReading(now)) {
      return true;
    }
    if (now.isBefore(quietUntil)) {
      return false;
    }
    History known = history().orElseThrow();
    if (unscheduledSnapshot() || !ours(known, now).isEmpty()) {
      return true;
    }
    looked = now;
    quietUntil = Planner.quietUntil(job, known, now);
    return false;
  }

  /** Whether its history is unknown, or was read a while ago. */
  boolean wantsReading(Instant now) {
    return history == null || !now.isBefore(readAgain);
  }

  /**
   * Whether something is due, or may be: a look under way at the end, or one that failed, has not
   * found out.
   */
  boolean leavesWork(Instant now) {
    if (!waiting.isEmpty()) {
      return true;
    }
    Optional<History> known = history();
    return known.isEmpty() || (!job.isSnapshot() && !ours(known.orElseThrow(), now).isEmpty());
  }

  private boolean unscheduledSnapshot() {
    return job.isSnapshot() && job.schedule().isEmpty();
  }

  /** What is due by our clock alone. */
  private List<Due> ours(History known, Instant now) {
    return Planner.due(job, known, now, Mode.DAEMON).due();
  }

  void setOut() {
    errand = true;
  }

  void cameBack() {
    errand = false;
  }

  List<History.Committed> unsaved() {
    return List.copyOf(unsaved);
  }

  /**
   * @param saved how many settled windows an index now holds
   * @param given how many windows dropped out of the catch-up
   * @param next when to read again
   */
  void read(History fresh, int saved, int given, Instant next) {
    unsaved.subList(0, saved).clear();
    folded = 0;
    history = fresh;
    givenUp = given;
    readAgain = next;
  }

  /**
   * Takes over what a look found.
   *
   * @param soon when to look again for what is due by our clock and not by the source's
   */
  void found(Rounds.Found found, Instant now, Instant soon) {
    history =
        history == null ? found.history() : found.history().grid().map(history::on).orElse(history);
    looked = now;
    trouble = trouble.planned();
    waiting.clear();
    History known = history().orElseThrow();
    for (Candidate each : Candidate.ranked(job, found.due(), known, now)) {
      Window window = each.due().window();
      boolean open = each.due().reason() == Due.Reason.REVISIT || !known.isSettled(window);
      if (open && !running.containsKey(window)) {
        waiting.add(each);
      }
    }
    quietUntil = Planner.quietUntil(job, known, now);
    if (found.held() && soon.isBefore(quietUntil)) {
      quietUntil = soon;
    }
  }

  /** Nothing could be planned. */
  void refused(Failure failure, Instant now, Duration pause) {
    looked = now;
    trouble = trouble.refused(failure, now, pause);
    quietUntil = trouble.nextTry();
  }

  /** A window's turn is over. */
  void ended(Window window, Rounds.Turn turn, Instant now, Duration pause) {
    turn.settled().ifPresent(unsaved::add);
    if (turn.failure().isPresent()) {
      Failure failure = turn.failure().orElseThrow();
      trouble = trouble.failed(window, failure, now, pause);
      // what failed one window of a job is likely to fail the next
      waiting.clear();
      quietUntil = trouble.nextTry();
      if (history != null && turn.noted().isPresent()) {
        history = history.with(turn.noted().orElseThrow());
      }
    } else {
      trouble = Trouble.NONE;
      if (waiting.isEmpty() && unsaved.size() >= WORTH_AN_INDEX) {
        readAgain = Instant.MIN;
      }
    }
  }

  /** The earliest instant at which a look may find something new. */
  Instant nextLook() {
    return readAgain.isBefore(quietUntil) ? readAgain : quietUntil;
  }
}
