package dev.tributary.plan;

import dev.tributary.job.Every;
import dev.tributary.job.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * The windows of one length, which tile the time line without gap or overlap. Fixed lengths lie on
 * the UTC grid; days, ISO weeks, months and years follow the calendar of a zone, where a day with a
 * clock change has 23 to 25 hours and a midnight that does not exist is the day's first instant.
 * Immutable.
 */
public final class WindowGrid {

  private final Every every;
  private final ZoneId zone;

  private WindowGrid(Every every, ZoneId zone) {
    this.every = every;
    this.zone = zone;
  }

  public static WindowGrid of(Every every, ZoneId zone) {
    return new WindowGrid(every, zone);
  }

  /** The one window that holds this instant. */
  public Window containing(Instant instant) {
    return every.fold(
        new Every.Cases<Window>() {
          @Override
          public Window fixed(Every.Fixed fixed) {
            long length = fixed.length().toSeconds();
            long start = Math.floorDiv(instant.getEpochSecond(), length) * length;
            return new Window(Instant.ofEpochSecond(start), Instant.ofEpochSecond(start + length));
          }

          @Override
          public Window calendar(Every.Calendar calendar) {
            return containing(calendar, instant);
          }
        });
  }

  public Window next(Window window) {
    return containing(window.end());
  }

  public Window previous(Window window) {
    return containing(window.start().minusNanos(1));
  }

  /** Whether a window starts at this instant. */
  public boolean isBoundary(Instant instant) {
    return containing(instant).start().equals(instant);
  }

  /** The newest window that has ended at this instant. */
  public Window newestComplete(Instant instant) {
    return previous(containing(instant));
  }

  /** The first window that starts at this instant or later. */
  public Window atOrAfter(Instant instant) {
    Window window = containing(instant);
    return window.start().equals(instant) ? window : next(window);
  }

  /**
   * The search is by start instants, not by local date alone: where clocks go back over midnight,
   * an instant of yesterday's repeated hour lies behind today's first instant; where a zone skips a
   * whole day, that day has no window.
   */
  private Window containing(Every.Calendar unit, Instant instant) {
    LocalDate first = periodOf(unit, instant.atZone(zone).toLocalDate());
    while (startOf(first).isAfter(instant)) {
      first = periodOf(unit, first.minusDays(1));
    }
    LocalDate after = following(unit, first);
    while (!startOf(after).isAfter(instant)) {
      first = after;
      after = following(unit, first);
    }
    return new Window(startOf(first), startOf(after));
  }

  private Instant startOf(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }

  private static LocalDate periodOf(Every.Calendar unit, LocalDate date) {
    return switch (unit) {
      case DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      case YEAR -> date.withDayOfYear(1);
    };
  }

  private static LocalDate following(Every.Calendar unit, LocalDate first) {
    return switch (unit) {
      case DAY -> first.plusDays(1);
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
      case YEAR -> first.plusYears(1);
    };
  }
}
