package dev.tributary.cli;

import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.Coverage;
import dev.tributary.plan.Coverage.State;
import dev.tributary.plan.CoverageCells;
import dev.tributary.plan.CoverageCells.Cell;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A job's coverage as a calendar of letters: a row for each month and a column for each day, or
 * what fits its windows; of few short windows a row for each day and a cell for each.
 */
final class CoverageCalendar {

  /** More windows than that share the cell of their day. */
  private static final int FEW_WINDOWS = 400;

  private static final int WIDEST_DAY = 96;

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

  private final Job job;
  private final List<Coverage.Range> ranges;
  private final List<Cell> cells;
  private final boolean terminal;
  private final NavigableMap<String, NavigableMap<Integer, State>> rows = new TreeMap<>();
  private int firstNumber = 1;

  /** A calendar; {@code terminal} where colours may be used. */
  CoverageCalendar(Job job, List<Coverage.Range> ranges, boolean terminal) {
    this.job = job;
    this.ranges = ranges;
    this.cells = CoverageCells.of(job, ranges);
    this.terminal = terminal;
  }

  /** How many windows of a job are in which state, in the order of the states. */
  static Map<State, Integer> counts(List<Coverage.Range> ranges) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    ranges.forEach(range -> counts.merge(range.state(), range.windows(), Integer::sum));
    return counts;
  }

  /** Prints head, rows and the meaning of the letters that occur. */
  void print(PrintStream out) {
    out.println(head());
    if (ranges.isEmpty()) {
      out.println("  nothing yet");
      return;
    }
    lay();
    String ruler = ruler();
    if (!ruler.isBlank()) {
      out.println("  " + ruler);
    }
    rows.forEach((name, row) -> out.println("  " + name + "  " + line(row)));
    out.println("  " + legend());
  }

  private String head() {
    String every =
        job.windowing()
            .map(windowing -> "windows of " + windowing.every() + ", ")
            .orElse("snapshots, ");
    return job.name()
        + ": "
        + every
        + job.zone()
        + ": "
        + counts(ranges).entrySet().stream()
            .map(each -> each.getValue() + " " + StateLook.word(each.getKey()))
            .collect(Collectors.joining(", "));
  }

  private void lay() {
    CoverageCells.Unit unit = CoverageCells.unit(job);
    if (unit == CoverageCells.Unit.DAY && isFewShortWindows()) {
      layWindows();
      return;
    }
    for (Cell cell : cells) {
      String row =
          switch (unit) {
            case DAY -> MONTH.format(cell.date());
            case WEEK -> String.valueOf(cell.date().get(IsoFields.WEEK_BASED_YEAR));
            case MONTH -> String.valueOf(cell.date().getYear());
            case YEAR -> "years";
          };
      int column =
          switch (unit) {
            case DAY -> cell.date().getDayOfMonth() - 1;
            case WEEK -> cell.date().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) - 1;
            case MONTH -> cell.date().getMonthValue() - 1;
            case YEAR -> cell.date().getYear() - cells.get(0).date().getYear();
          };
      rows.computeIfAbsent(row, name -> new TreeMap<>()).put(column, cell.shown());
    }
  }

  private boolean isFewShortWindows() {
    int windows = ranges.stream().mapToInt(Coverage.Range::windows).sum();
    return windows <= FEW_WINDOWS
        && windows > cells.size()
        && cells.stream().allMatch(cell -> cell.windows() <= WIDEST_DAY);
  }

  /** A row for each day; where in it a window stands goes by the clock, so that rows line up. */
  private void layWindows() {
    firstNumber = 0;
    ZoneId zone = job.zone();
    for (Coverage.Range range : ranges) {
      List<Window> windows = CoverageCells.windows(job, range).toList();
      for (Window window : windows) {
        Instant midnight = window.start().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        long length = Math.max(1, Duration.between(window.start(), window.end()).toSeconds());
        int column =
            job.isSnapshot()
                ? rows.getOrDefault(DAY.format(window.start().atZone(zone)), new TreeMap<>()).size()
                : (int) (Duration.between(midnight, window.start()).toSeconds() / length);
        rows.computeIfAbsent(DAY.format(window.start().atZone(zone)), name -> new TreeMap<>())
            .put(column, range.state());
      }
    }
  }

  /** Numbers above every tenth column, where columns have numbers. */
  private String ruler() {
    if (CoverageCells.unit(job) == CoverageCells.Unit.YEAR) {
      return "";
    }
    int last = rows.values().stream().mapToInt(NavigableMap::lastKey).max().orElse(0);
    StringBuilder ruler = new StringBuilder(" ".repeat(rows.firstKey().length() + 2));
    int begin = ruler.length();
    for (int column = 0; column <= last; column += 10) {
      ruler.append(" ".repeat(begin + column - ruler.length())).append(column + firstNumber);
    }
    return ruler.toString();
  }

  private String line(NavigableMap<Integer, State> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column <= row.lastKey(); column++) {
      State state = row.get(column);
      line.append(state == null ? " " : StateLook.of(state).cell(terminal));
    }
    return line.toString();
  }

  private String legend() {
    Map<State, Integer> counts = counts(ranges);
    return Arrays.stream(StateLook.values())
        .filter(look -> counts.containsKey(look.state()))
        .map(look -> look.cell(terminal) + " " + look.word())
        .collect(Collectors.joining("   "));
  }
}
