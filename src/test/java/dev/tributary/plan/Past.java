package dev.tributary.plan;

import dev.tributary.job.Every;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A history in the making. */
final class Past {

  private Optional<Grid> grid = Optional.empty();
  private final TreeMap<Instant, History.Committed> committed = new TreeMap<>();
  private final TreeMap<Instant, History.Failed> failures = new TreeMap<>();
  private final Set<Window> pending = new HashSet<>();

  Past grid(Every every, String start, String recorded) {
    return grid(every, ZoneOffset.UTC, start, recorded);
  }

  Past grid(Every every, ZoneId zone, String start, String recorded) {
    grid = Optional.of(new Grid(every, zone, Instant.parse(start), Instant.parse(recorded)));
    return this;
  }

  Past done(String start, String end) {
    return done(new Window(Instant.parse(start), Instant.parse(end)), History.Status.DONE, 1);
  }

  Past done(Window window, History.Status status, int generation) {
    committed.put(window.start(), new History.Committed(window, status, generation, "q1"));
    return this;
  }

  Past hours(String from, int count) {
    Instant start = Instant.parse(from);
    for (int hour = 0; hour < count; hour++) {
      done(hour(start.plus(Duration.ofHours(hour))), History.Status.DONE, 1);
    }
    return this;
  }

  Past failed(String start, String at, int times, boolean lasting) {
    return failed(hour(Instant.parse(start)), Instant.parse(at), times, lasting);
  }

  Past failed(Window window, Instant at, int times, boolean lasting) {
    failures.put(window.start(), new History.Failed(window, at, times, lasting, "q1", "cannot"));
    return this;
  }

  Past pending(String start) {
    return pending(hour(Instant.parse(start)));
  }

  Past pending(Window window) {
    pending.add(window);
    return this;
  }

  History history() {
    return new History(grid, committed, failures, pending, Map.of());
  }

  private static Window hour(Instant start) {
    return new Window(start, start.plus(Duration.ofHours(1)));
  }
}
