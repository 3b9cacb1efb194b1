package dev.tributary.plan;

import dev.tributary.job.History;
import dev.tributary.job.History.Committed;
import dev.tributary.job.History.Failed;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of every window of a job, in ranges of neighbours that share one fate. */
public final class Coverage {

  /** What became of a window. */
  public enum State {
    DONE,
    EMPTY,
    REPLACED,
    /** Its first rows, or all, were forgotten by the source before it was queried. */
    CUT,
    SKIPPED,
    FAILED,
    /** It is being made; only its runner knows. */
    RUNNING,
    DUE,
    /** It dropped out of the catch-up before it was committed. */
    GIVEN_UP,
    /** It had dropped out of the catch-up before the job first ran, or lies before its start. */
    BEFORE_FIRST_RUN,
    /** Its end and its delay have not passed. */
    WAITING,
    /** It overlaps a committed window without being equal to it. */
    CONFLICT
  }

  /**
   * Neighbouring windows in one state.
   *
   * @param from start of the first
   * @param to end of the last
   * @param windows how many, at least 1
   */
  public record Range(Instant from, Instant to, int windows, State state) {}

  private Coverage() {}

  /**
   * Every window from the first to the one that holds {@code now}, oldest first; of a snapshot job,
   * every instant that was settled or failed. Empty when the definition does not lie on the
   * recorded grid: {@link Planner#due} says why.
   */
  public static List<Range> of(Job job, History history, Instant now) {
    return of(job, history, now, Set.of());
  }

  /**
   * The same where it is known what is being made. A window that is settled stays as it was settled
   * while it is made again.
   *
   * @param running starts of the windows
   */
  public static List<Range> of(Job job, History history, Instant now, Set<Instant> running) {
    return job.windowing()
        .map(windowing -> ofWindows(WindowPlan.of(job, windowing, history, now), running))
        .orElseGet(() -> ofSnapshots(history, running));
  }

  /**
   * How many windows dropped out of the catch-up before they were committed. Walks over all
   * windows, unless the job makes up for all.
   */
  public static int givenUp(Job job, History history, Instant now) {
    if (job.catchup().reach().isEmpty() && !job.catchup().newestOnly()) {
      return 0;
    }
    return of(job, history, now).stream()
        .filter(range -> range.state() == State.GIVEN_UP)
        .mapToInt(Range::windows)
        .sum();
  }

  private static List<Range> ofWindows(WindowPlan plan, Set<Instant> running) {
    if (plan.problem().isPresent()) {
      return List.of();
    }
    Instant start = plan.start();
    Map.Entry<Instant, Committed> first = plan.history().committed().firstEntry();
    Instant from = first != null && first.getKey().isBefore(start) ? first.getKey() : start;
    List<Range> ranges = new ArrayList<>();
    Iterator<Window> windows = plan.grid().from(from);
    for (Window window = windows.next();
        !window.start().isAfter(plan.now());
        window = windows.next()) {
      append(ranges, window, state(plan, window, start, running));
    }
    return List.copyOf(ranges);
  }

  private static List<Range> ofSnapshots(History history, Set<Instant> running) {
    List<Range> ranges = new ArrayList<>();
    history.committed().values().forEach(done -> ranges.add(range(done.window(), settled(done))));
    for (Failed failed : history.failures().values()) {
      if (!history.isSettled(failed.window()) && !running.contains(failed.window().start())) {
        ranges.add(range(failed.window(), State.FAILED));
      }
    }
    for (Instant instant : running) {
      if (!history.committed().containsKey(instant)) {
        ranges.add(range(Window.at(instant), State.RUNNING));
      }
    }
    ranges.sort((a, b) -> a.from().compareTo(b.from()));
    return List.copyOf(ranges);
  }

  private static State state(WindowPlan plan, Window window, Instant start, Set<Instant> running) {
    History history = plan.history();
    Committed committed = history.committed().get(window.start());
    if (committed != null && committed.window().equals(window)) {
      return settled(committed);
    }
    if (running.contains(window.start())) {
      return State.RUNNING;
    }
    if (plan.fallsDue(window).isAfter(plan.now())) {
      return State.WAITING;
    }
    if (history.conflictWith(window).isPresent()) {
      return State.CONFLICT;
    }
    if (window.start().isBefore(start)) {
      return State.BEFORE_FIRST_RUN;
    }
    if (!plan.isWanted(window, plan.now()) && !history.pending().contains(window)) {
      Instant firstRun = history.grid().map(grid -> grid.recorded()).orElse(plan.now());
      return plan.isWanted(window, firstRun) ? State.GIVEN_UP : State.BEFORE_FIRST_RUN;
    }
    Failed failed = history.failures().get(window.start());
    return failed != null && failed.window().equals(window) ? State.FAILED : State.DUE;
  }

  private static State settled(Committed committed) {
    return switch (committed.status()) {
      case SKIPPED -> State.SKIPPED;
      case CUT -> State.CUT;
      case EMPTY -> committed.generation() > 1 ? State.REPLACED : State.EMPTY;
      case DONE -> committed.generation() > 1 ? State.REPLACED : State.DONE;
    };
  }

  private static Range range(Window window, State state) {
    return new Range(window.start(), window.end(), 1, state);
  }

  private static void append(List<Range> ranges, Window window, State state) {
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).state() == state) {
      Range range = ranges.get(last);
      ranges.set(last, new Range(range.from(), window.end(), range.windows() + 1, state));
    } else {
      ranges.add(range(window, state));
    }
  }
}
