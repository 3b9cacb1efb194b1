package dev.tributary.plan;

import dev.tributary.job.Every;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what is due: a pure function of a job, its history and an instant. */
public final class Planner {

  private static final Duration FIRST_WAIT = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Job job;
  private final Job.Windowing windowing;
  private final WindowGrid grid;
  private final History history;
  private final Instant now;

  private Planner(Job job, Job.Windowing windowing, History history, Instant now) {
    this.job = job;
    this.windowing = windowing;
    this.grid = WindowGrid.of(windowing.every(), job.zone());
    this.history = history;
    this.now = now;
  }

  /**
   * What a pass has to do for a windowed job.
   *
   * @param now the earlier of our clock and the source's
   * @throws IllegalArgumentException if the job has no windows
   */
  public static Plan plan(Job job, History history, Instant now) {
    Job.Windowing windowing =
        job.windowing()
            .orElseThrow(() -> new IllegalArgumentException("a snapshot job has no windows"));
    return new Planner(job, windowing, history, now).plan();
  }

  /** The scheduled instant of a snapshot job that is due, if any: only the latest fire ever is. */
  public static Optional<Due> snapshot(Job job, History history, Instant now) {
    return job.schedule()
        .flatMap(cron -> CronFires.of(cron, job.zone()).atOrBefore(now))
        .map(fire -> new Due(Window.at(fire), Due.Reason.OPEN, fire))
        .filter(due -> !history.isSettled(due.window()))
        .filter(due -> mayTry(job, history, due.window(), now));
  }

  /** The start of the first window: as written, else as recorded, else the newest complete one. */
  public static Instant firstStart(Job job, History history, Instant now) {
    Job.Windowing windowing = job.windowing().orElseThrow();
    return windowing
        .start()
        .or(() -> history.grid().map(Grid::start))
        .orElseGet(
            () ->
                WindowGrid.of(windowing.every(), job.zone())
                    .newestComplete(now.minus(windowing.delay()))
                    .start());
  }

  private Plan plan() {
    Window newest = grid.newestComplete(now.minus(windowing.delay()));
    Instant first = firstStart(job, history, now);
    List<Due> open = new ArrayList<>();
    List<Due> failed = new ArrayList<>();
    List<Window> conflicts = new ArrayList<>();
    for (Window window = grid.containing(from(first, newest));
        !window.start().isAfter(newest.start());
        window = grid.next(window)) {
      if (history.pending().contains(window) || history.isSettled(window)) {
        continue;
      }
      if (history.conflictWith(window).isPresent()) {
        conflicts.add(window);
      } else if (!isGivenUp(window, newest) && mayTry(job, history, window, now)) {
        boolean lasting =
            history.failures().containsKey(window.start())
                && history.failures().get(window.start()).lasting();
        Due.Reason reason = lasting ? Due.Reason.FAILED : Due.Reason.OPEN;
        (lasting ? failed : open).add(new Due(window, reason, dueAt(window)));
      }
    }
    List<Due> due = new ArrayList<>();
    history.pending().stream()
        .sorted()
        .map(window -> new Due(window, Due.Reason.PENDING, dueAt(window)))
        .forEach(due::add);
    due.addAll(open);
    // what failed for good comes last, or it would end every pass before the windows behind it
    due.addAll(failed);
    return new Plan(new Grid(windowing.every(), job.zone(), first, now), due, conflicts);
  }

  /** Where to begin looking: windows that are given up need not be walked through. */
  private Instant from(Instant first, Window newest) {
    if (job.catchup().newestOnly()) {
      return later(first, newest.start());
    }
    return job.catchup()
        .reach()
        .map(
            reach ->
                later(
                    first,
                    grid.previous(grid.containing(now.minus(reach).minus(windowing.delay())))
                        .start()))
        .orElse(first);
  }

  private boolean isGivenUp(Window window, Window newest) {
    return job.catchup().newestOnly()
        ? !window.equals(newest)
        : job.catchup().reach().map(reach -> dueAt(window).plus(reach).isBefore(now)).orElse(false);
  }

  private Instant dueAt(Window window) {
    return window.end().plus(windowing.delay());
  }

  /** A failure that lasts waits an hour, doubling to a day; a changed query is tried at once. */
  static boolean mayTry(Job job, History history, Window window, Instant now) {
    History.Failed failed = history.failures().get(window.start());
    if (failed == null || !failed.lasting() || !failed.queryHash().equals(job.hashes().query())) {
      return true;
    }
    return !now.isBefore(triedAgainAt(failed));
  }

  /** When a window whose failure lasts is tried again. */
  static Instant triedAgainAt(History.Failed failed) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failed.times() - 1, 10));
    return failed.at().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** Whether a recorded grid differs from what the definition says now, and how. */
  public static Optional<String> changedGrid(Job job, History history) {
    Every every = job.windowing().orElseThrow().every();
    return history
        .grid()
        .filter(grid -> !grid.every().equals(every) || !grid.zone().equals(job.zone()))
        .map(
            grid ->
                "its windows were every "
                    + grid.every()
                    + " in "
                    + grid.zone()
                    + ", and are every "
                    + every
                    + " in "
                    + job.zone()
                    + " now; committed windows stay: use a new job name whose start is the old"
                    + " one's end");
  }
}
