package dev.tributary.plan;

import dev.tributary.job.Cron;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The instants at which a cron expression fires in a zone. A time that the clock skips fires at the
 * first instant after the gap; of a repeated hour a fixed time fires once, at the first, and an
 * interval goes by elapsed time. A day matches if the day of the month or that of the week does;
 * where one of the two is {@code *}, the other decides.
 */
public final class CronFires {

  /** Leap days are at most eight years apart, so what does not fire in nine never does. */
  private static final int YEARS = 9;

  private CronFires() {}

  /** The first fire after an instant; empty when the expression names no day that exists. */
  public static Optional<Instant> next(Cron cron, ZoneId zone, Instant after) {
    LocalDate from = after.atZone(zone).toLocalDate().minusDays(1);
    LocalDate until = from.plusYears(YEARS);
    for (LocalDate date = from; date.isBefore(until); date = date.plusDays(1)) {
      Optional<Instant> fire = new CronDay(cron, zone, date).firstAfter(after);
      if (fire.isPresent()) {
        // The clock may be set back over midnight, and tomorrow begin before today is over.
        return new CronDay(cron, zone, date.plusDays(1))
            .firstAfter(after)
            .filter(fire.get()::isAfter)
            .or(() -> fire);
      }
    }
    return Optional.empty();
  }

  /** The last fire before an instant; empty when the expression names no day that exists. */
  public static Optional<Instant> previous(Cron cron, ZoneId zone, Instant before) {
    LocalDate from = before.atZone(zone).toLocalDate().plusDays(1);
    LocalDate until = from.minusYears(YEARS);
    for (LocalDate date = from; date.isAfter(until); date = date.minusDays(1)) {
      Optional<Instant> fire = new CronDay(cron, zone, date).lastBefore(before);
      if (fire.isPresent()) {
        return new CronDay(cron, zone, date.minusDays(1))
            .lastBefore(before)
            .filter(fire.get()::isBefore)
            .or(() -> fire);
      }
    }
    return Optional.empty();
  }

  /** The next fires after an instant, at most {@code count}, with the offset in force at each. */
  public static List<OffsetDateTime> fires(Cron cron, ZoneId zone, Instant after, int count) {
    List<OffsetDateTime> fires = new ArrayList<>();
    Optional<Instant> fire = next(cron, zone, after);
    while (fire.isPresent() && fires.size() < count) {
      fires.add(fire.get().atZone(zone).toOffsetDateTime());
      fire = next(cron, zone, fire.get());
    }
    return fires;
  }

  /**
   * The first time of the coming years that the expression names and the clock skips; such a fire
   * is late. An interval is left out, for it has no time of its own to miss.
   */
  public static Optional<LocalDateTime> fallsInSkippedHour(
      Cron cron, ZoneId zone, Instant from, int years) {
    if (cron.interval()) {
      return Optional.empty();
    }
    Instant until = from.atOffset(ZoneOffset.UTC).plusYears(years).toInstant();
    ZoneOffsetTransition change = zone.getRules().nextTransition(from);
    while (change != null && change.getInstant().isBefore(until)) {
      Optional<LocalDateTime> skipped = skipped(cron, zone, change);
      if (skipped.isPresent()) {
        return skipped;
      }
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return Optional.empty();
  }

  private static Optional<LocalDateTime> skipped(
      Cron cron, ZoneId zone, ZoneOffsetTransition change) {
    LocalDateTime local = change.getDateTimeBefore();
    for (; local.isBefore(change.getDateTimeAfter()); local = local.plusMinutes(1)) {
      CronDay day = new CronDay(cron, zone, local.toLocalDate());
      if (day.matches() && day.names(local.getHour() * 60 + local.getMinute())) {
        return Optional.of(local);
      }
    }
    return Optional.empty();
  }
}
