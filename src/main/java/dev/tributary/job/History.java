package dev.tributary.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of a job's windows, as a value: the ledger reads it, the plan decides by it.
 * Immutable.
 *
 * @param grid the recorded grid; absent before the first run
 * @param committed newest generation of every settled window, by the window's start
 * @param failures last failure of windows that are not settled, and of revisits that failed for
 *     good within the last day, by the window's start
 * @param pending windows with an intent: a replacement or a publication of several files was under
 *     way, or is done and has left something to clear away
 * @param looks ages at which a settled window was looked at, as far as they may still count, by
 *     start
 */
public record History(
    Optional<Grid> grid,
    NavigableMap<Instant, Committed> committed,
    NavigableMap<Instant, Failed> failures,
    Set<Window> pending,
    Map<Instant, List<Duration>> looks) {

  public static final History NONE =
      new History(Optional.empty(), new TreeMap<>(), new TreeMap<>(), Set.of(), Map.of());

  public History {
    committed = Collections.unmodifiableNavigableMap(committed);
    failures = Collections.unmodifiableNavigableMap(failures);
    pending = Set.copyOf(pending);
    looks = Map.copyOf(looks);
  }

  /** How a window was settled. */
  public enum Status {
    /** Rows were published. */
    DONE,
    /** It had no rows. */
    EMPTY,
    /** Some or all of its rows may have been forgotten by the source before it was queried. */
    CUT,
    /** An operator said that it can never be had. */
    SKIPPED
  }

  /**
   * A settled window.
   *
   * @param generation 1, or more once it was replaced
   * @param queryHash of the definition that made it
   * @param age how long after its end it was settled, replaced or looked at last; zero when that is
   *     not known, or counts no more
   */
  public record Committed(
      Window window, Status status, int generation, String queryHash, Duration age) {

    public Committed(Window window, Status status, int generation, String queryHash) {
      this(window, status, generation, queryHash, Duration.ZERO);
    }
  }

  /**
   * A window that failed.
   *
   * @param at when it failed last, by the clock of the process that tried
   * @param times failures in a row, at least 1
   * @param lasting whether the same attempt would fail again: it waits 1 h, doubling to 1 d, unless
   *     its query changes or it is asked for by name
   * @param queryHash of the definition that failed
   * @param reason the failure's sentence
   */
  public record Failed(
      Window window, Instant at, int times, boolean lasting, String queryHash, String reason) {}

  /** The same, with windows that were settled since. */
  public History with(List<Committed> settled) {
    NavigableMap<Instant, Committed> more = new TreeMap<>(committed);
    settled.forEach(each -> more.put(each.window().start(), each));
    NavigableMap<Instant, Failed> open = new TreeMap<>(failures);
    settled.forEach(each -> open.remove(each.window().start()));
    Set<Window> begun = new HashSet<>(pending);
    settled.forEach(each -> begun.remove(each.window()));
    return new History(grid, more, open, begun, looks);
  }

  /** The same, on a grid that was recorded since. */
  public History on(Grid recorded) {
    return new History(Optional.of(recorded), committed, failures, pending, looks);
  }

  /** The same, with a window that failed since. */
  public History with(Failed failed) {
    NavigableMap<Instant, Failed> more = new TreeMap<>(failures);
    more.put(failed.window().start(), failed);
    return new History(grid, committed, more, pending, looks);
  }

  /**
   * The instant up to which data was had: the end of the newest window that was settled by its rows
   * or their absence; of a snapshot, its instant.
   */
  public Optional<Instant> complete() {
    for (Committed each : committed.descendingMap().values()) {
      if (each.status() != Status.SKIPPED) {
        Window window = each.window();
        return Optional.of(window.isInstant() ? window.start() : window.end());
      }
    }
    return Optional.empty();
  }

  /** Whether exactly this window is settled. */
  public boolean isSettled(Window window) {
    Committed at = committed.get(window.start());
    return at != null && at.window().equals(window);
  }

  /** Whether a settled window was looked at, or settled, at an age or later. */
  public boolean isLookedAt(Committed settled, Duration age) {
    if (settled.age().compareTo(age) >= 0) {
      return true;
    }
    List<Duration> ages = looks.getOrDefault(settled.window().start(), List.of());
    return ages.stream().anyMatch(each -> each.compareTo(age) >= 0);
  }

  /** A committed window that overlaps this one without being equal to it. */
  public Optional<Window> conflictWith(Window window) {
    Map.Entry<Instant, Committed> before = committed.lowerEntry(window.end());
    while (before != null && before.getValue().window().overlaps(window)) {
      if (!before.getValue().window().equals(window)) {
        return Optional.of(before.getValue().window());
      }
      before = committed.lowerEntry(before.getKey());
    }
    return Optional.empty();
  }
}
