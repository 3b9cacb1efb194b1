package dev.tributary.plan;

import dev.tributary.job.Cron;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The fires of a cron expression that bear one local date. */
record CronDay(Cron cron, ZoneId zone, LocalDate date) {

  private static final int MINUTES = 24 * 60;

  /** Whether the expression names this date. */
  boolean matches() {
    if (((cron.months() >> date.getMonthValue()) & 1) == 0) {
      return false;
    }
    boolean ofMonth = ((cron.daysOfMonth() >> date.getDayOfMonth()) & 1) != 0;
    boolean ofWeek = ((cron.daysOfWeek() >> (date.getDayOfWeek().getValue() % 7)) & 1) != 0;
    return (cron.anyDayOfMonth() || cron.anyDayOfWeek()) ? ofMonth && ofWeek : ofMonth || ofWeek;
  }

  Optional<Instant> firstAfter(Instant instant) {
    if (!matches()) {
      return Optional.empty();
    }
    if (!hasOneOffset()) {
      return Optional.ofNullable(fires().higher(instant));
    }
    Instant midnight = date.atStartOfDay(zone).toInstant();
    int from = Math.max(0, minutesBetween(midnight, instant) + 1);
    for (int minute = from; minute < MINUTES; minute = candidateFrom(minute + 1)) {
      if (names(minute)) {
        return Optional.of(midnight.plusSeconds(minute * 60L));
      }
    }
    return Optional.empty();
  }

  Optional<Instant> lastBefore(Instant instant) {
    if (!matches()) {
      return Optional.empty();
    }
    if (!hasOneOffset()) {
      return Optional.ofNullable(fires().lower(instant));
    }
    Instant midnight = date.atStartOfDay(zone).toInstant();
    int from = Math.min(MINUTES - 1, minutesBetween(midnight, instant.minusNanos(1)));
    for (int minute = from; minute >= 0; minute--) {
      if (names(minute)) {
        return Optional.of(midnight.plusSeconds(minute * 60L));
      }
    }
    return Optional.empty();
  }

  /** Whether the expression names this minute of the day. */
  boolean names(int minuteOfDay) {
    return ((cron.hours() >> (minuteOfDay / 60)) & 1) != 0
        && ((cron.minutes() >> (minuteOfDay % 60)) & 1) != 0;
  }

  /** Skips hours that the expression does not name. */
  private int candidateFrom(int minuteOfDay) {
    int minute = minuteOfDay;
    while (minute < MINUTES && ((cron.hours() >> (minute / 60)) & 1) == 0) {
      minute += 60 - minute % 60;
    }
    return minute;
  }

  private static int minutesBetween(Instant midnight, Instant instant) {
    long seconds = instant.getEpochSecond() - midnight.getEpochSecond();
    return (int) Math.max(-2, Math.min(MINUTES, Math.floorDiv(seconds, 60L)));
  }

  private boolean hasOneOffset() {
    ZoneRules rules = zone.getRules();
    if (rules.isFixedOffset()) {
      return true;
    }
    LocalDateTime first = date.atStartOfDay();
    LocalDateTime last = date.atTime(23, 59, 59);
    List<ZoneOffset> offsets = rules.getValidOffsets(first);
    if (offsets.size() != 1 || !offsets.equals(rules.getValidOffsets(last))) {
      return false;
    }
    ZoneOffsetTransition change =
        rules.nextTransition(first.toInstant(offsets.get(0)).minusSeconds(1));
    return change == null || change.getInstant().isAfter(last.toInstant(offsets.get(0)));
  }

  private NavigableSet<Instant> fires() {
    ZoneRules rules = zone.getRules();
    NavigableSet<Instant> fires = new TreeSet<>();
    for (int minute = 0; minute < MINUTES; minute++) {
      if (!names(minute)) {
        continue;
      }
      LocalDateTime local = date.atTime(minute / 60, minute % 60);
      List<ZoneOffset> offsets = rules.getValidOffsets(local);
      if (offsets.isEmpty()) {
        fires.add(rules.getTransition(local).getInstant());
      } else {
        fires.add(local.toInstant(offsets.get(0)));
        if (cron.interval()) {
          fires.add(local.toInstant(offsets.get(offsets.size() - 1)));
        }
      }
    }
    return fires;
  }
}
