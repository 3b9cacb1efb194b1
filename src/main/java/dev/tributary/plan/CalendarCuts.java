package dev.tributary.plan;

import dev.tributary.job.Every;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Iterator;

/** First instants of the days, ISO weeks, months or years of a zone. */
record CalendarCuts(Every.Calendar every, ZoneId zone) implements Cuts {

  @Override
  public Instant atOrBefore(Instant instant) {
    LocalDate date = dateAtOrBefore(instant);
    return date.atStartOfDay(zone).toInstant();
  }

  @Override
  public Instant after(Instant instant) {
    LocalDate date = following(dateAtOrBefore(instant));
    Instant cut = date.atStartOfDay(zone).toInstant();
    // A zone that crossed the date line has left out a whole day.
    while (!cut.isAfter(instant)) {
      date = following(date);
      cut = date.atStartOfDay(zone).toInstant();
    }
    return cut;
  }

  /** From date to date, for to find the date of an instant takes most of a cut's time. */
  @Override
  public Iterator<Instant> from(Instant instant) {
    return new Iterator<>() {
      private LocalDate date = dateAtOrBefore(instant);
      private Instant last = instant;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Instant next() {
        Instant cut = last;
        while (!cut.isAfter(last)) {
          date = following(date);
          cut = date.atStartOfDay(zone).toInstant();
        }
        last = cut;
        return cut;
      }
    };
  }

  /**
   * The clock may be set back over midnight: then an instant of the new day reads as the old date.
   */
  private LocalDate dateAtOrBefore(Instant instant) {
    LocalDate date = following(first(instant.atZone(zone).toLocalDate()));
    while (date.atStartOfDay(zone).toInstant().isAfter(instant)) {
      date = preceding(date);
    }
    return date;
  }

  private LocalDate first(LocalDate date) {
    return switch (every) {
      case DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      case YEAR -> date.withDayOfYear(1);
    };
  }

  private LocalDate following(LocalDate date) {
    return switch (every) {
      case DAY -> date.plusDays(1);
      case WEEK -> date.plusWeeks(1);
      case MONTH -> date.plusMonths(1);
      case YEAR -> date.plusYears(1);
    };
  }

  private LocalDate preceding(LocalDate date) {
    return switch (every) {
      case DAY -> date.minusDays(1);
      case WEEK -> date.minusWeeks(1);
      case MONTH -> date.minusMonths(1);
      case YEAR -> date.minusYears(1);
    };
  }
}
