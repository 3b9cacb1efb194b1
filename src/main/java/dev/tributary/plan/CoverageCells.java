package dev.tributary.plan;

import dev.tributary.job.Every;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.Coverage.Range;
import dev.tributary.plan.Coverage.State;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A job's coverage as the cells of a calendar in its zone: one for each window of a day, a week, a
 * month or a year; windows that are shorter share the cell of their day. Confined to one thread.
 */
public final class CoverageCells {

  /** What a cell spans. */
  public enum Unit {
    DAY,
    WEEK,
    MONTH,
    YEAR
  }

  /**
   * One cell.
   *
   * @param date the day on which its first window starts, in the job's zone
   * @param from start of the first window
   * @param to end of the last one
   * @param counts how many windows are in which state, at least one in all
   */
  public record Cell(LocalDate date, Instant from, Instant to, Map<State, Integer> counts) {

    /** The state to show: the worst if any is bad, else that of most windows. */
    public State shown() {
      return WORST_FIRST.stream()
          .filter(counts::containsKey)
          .findFirst()
          .orElseGet(
              () -> Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey());
    }

    /** How many windows it stands for. */
    public int windows() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** The states that hide all others in a cell, and one another in this order. */
  public static final List<State> WORST_FIRST =
      List.of(State.CONFLICT, State.FAILED, State.GIVEN_UP, State.RUNNING, State.DUE);

  private final ZoneId zone;
  private final boolean wholeCells;
  private final List<Cell> cells = new ArrayList<>();
  private Instant cellEnds = Instant.MIN;

  private CoverageCells(ZoneId zone, boolean wholeCells) {
    this.zone = zone;
    this.wholeCells = wholeCells;
  }

  /** What one cell of a job's calendar spans. */
  public static Unit unit(Job job) {
    return job.windowing()
        .map(windowing -> windowing.every())
        .map(
            every ->
                every.fold(
                    new Every.Cases<Unit>() {
                      @Override
                      public Unit fixed(Every.Fixed fixed) {
                        return Unit.DAY;
                      }

                      @Override
                      public Unit calendar(Every.Calendar calendar) {
                        return Unit.valueOf(calendar.name());
                      }
                    }))
        .orElse(Unit.DAY);
  }

  /** The cells of a job's calendar, oldest first; none for spans without windows. */
  public static List<Cell> of(Job job, List<Range> ranges) {
    boolean whole =
        job.windowing().filter(each -> each.every() instanceof Every.Calendar).isPresent();
    CoverageCells cells = new CoverageCells(job.zone(), whole);
    for (Range range : ranges) {
      windows(job, range).forEach(window -> cells.add(window, range.state()));
    }
    return List.copyOf(cells.cells);
  }

  /** Every window of a range, oldest first. */
  public static Stream<Window> windows(Job job, Range range) {
    if (job.windowing().isEmpty()) {
      return Stream.of(Window.at(range.from()));
    }
    WindowGrid grid = WindowGrid.of(job.windowing().orElseThrow().every(), job.zone());
    return Stream.iterate(grid.containing(range.from()), grid::next).limit(range.windows());
  }

  private void add(Window window, State state) {
    Instant end = window.isInstant() ? window.start() : window.end();
    if (cells.isEmpty() || wholeCells || !window.start().isBefore(cellEnds)) {
      LocalDate date = window.start().atZone(zone).toLocalDate();
      cellEnds = date.plusDays(1).atStartOfDay(zone).toInstant();
      cells.add(new Cell(date, window.start(), end, new EnumMap<>(State.class)));
    }
    Cell last = cells.get(cells.size() - 1);
    last.counts().merge(state, 1, Integer::sum);
    if (end.isAfter(last.to())) {
      cells.set(cells.size() - 1, new Cell(last.date(), last.from(), end, last.counts()));
    }
  }
}
