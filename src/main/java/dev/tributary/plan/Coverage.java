package dev.tributary.plan;

import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every window of a job with its state, neighbours of one state joined. Pure. */
public final class Coverage {

  private Coverage() {}

  /** What is known of a window. */
  public enum State {
    DONE,
    EMPTY,
    REPLACED,
    SKIPPED,
    FAILED,
    DUE,
    /** Its end or its delay has not passed. */
    WAITING,
    /** It fell out of the catch-up unsettled: only by name it is still run. */
    GIVEN_UP,
    /** It had fallen out of the catch-up before the job first ran. */
    BEFORE_FIRST_RUN;

    /** As operators read it: lower case, words apart. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * Neighbouring windows of one state.
   *
   * @param windows at least 1
   * @param reason of the failure, when the state is {@code FAILED}; else empty text
   */
  public record Span(Window span, State state, int windows, String reason) {}

  /** The states of a windowed job's windows, oldest first, up to the one that holds {@code now}. */
  public static List<Span> of(Job job, History history, Instant now) {
    Job.Windowing windowing = job.windowing().orElseThrow();
    WindowGrid grid = WindowGrid.of(windowing.every(), job.zone());
    Instant first = Planner.firstStart(job, history, now);
    if (!history.committed().isEmpty() && history.committed().firstKey().isBefore(first)) {
      first = history.committed().firstKey();
    }
    List<Span> spans = new ArrayList<>();
    for (Window w = grid.containing(first); w.start().isBefore(now); w = grid.next(w)) {
      History.Failed failed = history.failures().get(w.start());
      State state = state(job, windowing, history, grid, w, now);
      join(
          spans,
          new Span(w, state, 1, state == State.FAILED && failed != null ? failed.reason() : ""));
    }
    return spans;
  }

  /** The settled snapshots of a job without windows, oldest first. */
  public static List<Span> ofSnapshots(History history) {
    return history.committed().values().stream()
        .map(committed -> new Span(committed.window(), settled(committed), 1, ""))
        .toList();
  }

  private static State state(
      Job job,
      Job.Windowing windowing,
      History history,
      WindowGrid grid,
      Window window,
      Instant now) {
    History.Committed committed = history.committed().get(window.start());
    if (committed != null && committed.window().equals(window)) {
      return settled(committed);
    }
    Instant dueAt = window.end().plus(windowing.delay());
    if (dueAt.isAfter(now)) {
      return State.WAITING;
    }
    if (history.failures().containsKey(window.start())) {
      return State.FAILED;
    }
    boolean within =
        job.catchup().newestOnly()
            ? grid.newestComplete(now.minus(windowing.delay())).equals(window)
            : job.catchup().reach().map(reach -> !dueAt.plus(reach).isBefore(now)).orElse(true);
    if (within) {
      return State.DUE;
    }
    Duration reach = job.catchup().reach().orElse(Duration.ZERO);
    boolean before = history.grid().map(g -> dueAt.plus(reach).isBefore(g.recorded())).orElse(true);
    return before ? State.BEFORE_FIRST_RUN : State.GIVEN_UP;
  }

  private static State settled(History.Committed committed) {
    return switch (committed.status()) {
      case SKIPPED -> State.SKIPPED;
      case EMPTY -> committed.generation() > 1 ? State.REPLACED : State.EMPTY;
      case DONE -> committed.generation() > 1 ? State.REPLACED : State.DONE;
    };
  }

  private static void join(List<Span> spans, Span next) {
    if (!spans.isEmpty()) {
      Span last = spans.get(spans.size() - 1);
      if (last.state() == next.state()
          && last.reason().equals(next.reason())
          && last.span().end().equals(next.span().start())) {
        Window joined = new Window(last.span().start(), next.span().end());
        spans.set(
            spans.size() - 1, new Span(joined, last.state(), last.windows() + 1, last.reason()));
        return;
      }
    }
    spans.add(next);
  }
}
