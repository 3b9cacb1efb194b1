package dev.tributary.plan;

import dev.tributary.job.Every;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.History.Failed;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What a window job has to do at one instant. */
record WindowPlan(Job job, Job.Windowing windowing, WindowGrid grid, History history, Instant now) {

  static WindowPlan of(Job job, Job.Windowing windowing, History history, Instant now) {
    return new WindowPlan(
        job, windowing, WindowGrid.of(windowing.every(), job.zone()), history, now);
  }

  Plan due(Mode mode) {
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      return Plan.refused(problem.get());
    }
    Instant looked = looked(mode);
    List<Due> due = new ArrayList<>();
    List<Plan.Conflict> conflicts = new ArrayList<>();
    for (Window window : history.pending()) {
      due.add(new Due(window, Due.Reason.PENDING, fallsDue(window)));
    }
    Iterator<Window> windows = grid.from(earliestWanted(looked));
    for (Window window = windows.next();
        !fallsDue(window).isAfter(looked);
        window = windows.next()) {
      if (history.isSettled(window) || history.pending().contains(window)) {
        continue;
      }
      Optional<Window> committed = history.conflictWith(window);
      if (committed.isPresent()) {
        conflicts.add(new Plan.Conflict(window, committed.get()));
      } else {
        unsettled(window).ifPresent(due::add);
      }
    }
    due.sort(Comparator.comparing(Due::window));
    // what is missing goes before what may have changed
    due.addAll(new Revisits(job, history, now).due());
    return new Plan(due, conflicts, Optional.of(start()), Optional.empty());
  }

  /** Why the definition cannot be planned: it does not lie on the grid that was recorded. */
  Optional<String> problem() {
    Optional<Grid> recorded = history.grid();
    if (recorded.isPresent() && !recorded.get().every().equals(windowing.every())) {
      return Optional.of(
          "its windows were recorded as %s and are now %s; take a new job name and start it where"
                  .formatted(recorded.get().every(), windowing.every())
              + " the old one ends");
    }
    if (recorded.isPresent()
        && windowing.every() instanceof Every.Calendar
        && !recorded.get().zone().equals(job.zone())) {
      return Optional.of(
          "its zone was recorded as '%s' and is now '%s'; take a new job name and start it where"
                  .formatted(recorded.get().zone(), job.zone())
              + " the old one ends");
    }
    return windowing
        .start()
        .filter(start -> !grid.isBoundary(start))
        .map(
            start ->
                "its start %s is not on the grid of %s windows; its neighbours are %s and %s"
                    .formatted(
                        start,
                        windowing.every(),
                        grid.containing(start).start(),
                        grid.containing(start).end()));
  }

  /** Start of the first window; the definition's word goes before the recorded one. */
  Instant start() {
    return windowing
        .start()
        .or(() -> history.grid().map(Grid::start))
        .orElseGet(() -> grid.newestComplete(now, windowing.delay()).start());
  }

  Instant fallsDue(Window window) {
    return window.end().plus(windowing.delay());
  }

  /** The instant up to which windows that fell due are looked for. */
  Instant looked(Mode mode) {
    if (mode != Mode.DAEMON || job.schedule().isEmpty()) {
      return now;
    }
    // A window waits for the first fire after it fell due, so it is due if the latest fire is
    // later.
    return CronFires.previous(job.schedule().get(), job.zone(), now.plusNanos(1))
        .orElse(Instant.MIN);
  }

  /** Whether a window that fell due may still be made up at an instant. */
  boolean isWanted(Window window, Instant instant) {
    if (job.catchup().newestOnly()) {
      return fallsDue(grid.next(window)).isAfter(instant);
    }
    return job.catchup()
        .reach()
        .map(reach -> !fallsDue(window).plus(reach).isBefore(instant))
        .orElse(true);
  }

  /** When the failed window is not due yet, empty. */
  private Optional<Due> unsettled(Window window) {
    Failed failed = history.failures().get(window.start());
    if (failed == null || !failed.window().equals(window)) {
      return Optional.of(new Due(window, Due.Reason.NEW, fallsDue(window)));
    }
    return Backoff.over(failed, job, now)
        ? Optional.of(new Due(window, Backoff.reason(failed, job), fallsDue(window)))
        : Optional.empty();
  }

  /**
   * An instant of the oldest window that is still made up, so that a scan need not begin before.
   */
  private Instant earliestWanted(Instant looked) {
    Instant start = start();
    if (looked.isBefore(start)) {
      return start;
    }
    if (job.catchup().newestOnly()) {
      Window newest = grid.newestComplete(looked, windowing.delay());
      return newest.start().isAfter(start) ? newest.start() : start;
    }
    Window window = grid.containing(start);
    if (job.catchup().reach().isPresent()) {
      Instant horizon = now.minus(job.catchup().reach().get()).minus(windowing.delay());
      if (horizon.isAfter(window.end())) {
        window = grid.containing(horizon);
        // Due exactly as long ago as the reach goes back is still within it.
        window = grid.isBoundary(horizon) ? grid.previous(window) : window;
      }
    }
    return window.start();
  }
}
