package dev.tributary.plan;

import dev.tributary.job.Cron;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a cron schedule fires in a zone. A time inside a skipped hour fires at the first instant
 * after it; in a repeated hour a fixed time fires once, at the first, and an interval ({@code *} or
 * {@code *}{@code /n}) goes by elapsed time.
 */
public final class CronFires {

  /** Longer than the eight years between two 29ths of February around 2100. */
  private static final int LONGEST_SEARCH_DAYS = 366 * 9;

  private final Cron cron;
  private final ZoneId zone;
  private final ZoneRules rules;

  private CronFires(Cron cron, ZoneId zone) {
    this.cron = cron;
    this.zone = zone;
    this.rules = zone.getRules();
  }

  public static CronFires of(Cron cron, ZoneId zone) {
    return new CronFires(cron, zone);
  }

  /** The first fire at this instant or later; absent if there is none within nine years. */
  public Optional<Instant> atOrAfter(Instant instant) {
    LocalDate date = instant.atZone(zone).toLocalDate().minusDays(1);
    for (int day = 0; day <= LONGEST_SEARCH_DAYS; day++, date = date.plusDays(1)) {
      Instant fire = firesOf(date).ceiling(instant);
      if (fire != null) {
        return Optional.of(fire);
      }
    }
    return Optional.empty();
  }

  /** The first fire later than this instant. */
  public Optional<Instant> after(Instant instant) {
    return atOrAfter(instant.plusNanos(1));
  }

  /** The last fire at this instant or earlier; absent if there is none within nine years. */
  public Optional<Instant> atOrBefore(Instant instant) {
    LocalDate date = instant.atZone(zone).toLocalDate().plusDays(1);
    for (int day = 0; day <= LONGEST_SEARCH_DAYS; day++, date = date.minusDays(1)) {
      Instant fire = firesOf(date).floor(instant);
      if (fire != null) {
        return Optional.of(fire);
      }
    }
    return Optional.empty();
  }

  /**
   * A clock change, within ten years of an instant, whose skipped hour holds a time of this
   * schedule that is fixed.
   */
  public Optional<ZoneOffsetTransition> skippedWithinTenYears(Instant from) {
    ZoneOffsetTransition transition = rules.nextTransition(from);
    Instant end = from.plusSeconds(10L * 366 * 86_400);
    while (transition != null && transition.getInstant().isBefore(end)) {
      if (transition.isGap() && holdsFixedTime(transition)) {
        return Optional.of(transition);
      }
      transition = rules.nextTransition(transition.getInstant());
    }
    return Optional.empty();
  }

  private boolean holdsFixedTime(ZoneOffsetTransition gap) {
    if (goesByElapsedHours()) {
      return false;
    }
    LocalDateTime time = gap.getDateTimeBefore();
    for (; time.isBefore(gap.getDateTimeAfter()); time = time.plusMinutes(1)) {
      if (matches(time.toLocalDate())
          && has(cron.hours(), time.getHour())
          && has(cron.minutes(), time.getMinute())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Every fire that belongs to a local date; usually inside it, after a skipped hour just behind.
   */
  private NavigableSet<Instant> firesOf(LocalDate date) {
    NavigableSet<Instant> fires = new TreeSet<>();
    if (!matches(date)) {
      return fires;
    }
    for (int hour = 0; hour < 24; hour++) {
      for (int minute = 0; has(cron.hours(), hour) && minute < 60; minute++) {
        if (has(cron.minutes(), minute)) {
          add(date.atTime(LocalTime.of(hour, minute)), fires);
        }
      }
    }
    return fires;
  }

  private void add(LocalDateTime time, NavigableSet<Instant> fires) {
    List<ZoneOffset> offsets = rules.getValidOffsets(time);
    if (offsets.isEmpty()) {
      // an hourly schedule goes on with its next hour, which is one hour of elapsed time away
      if (!goesByElapsedHours()) {
        fires.add(rules.getTransition(time).getInstant());
      }
      return;
    }
    fires.add(time.toInstant(offsets.get(0)));
    if (offsets.size() > 1 && cron.interval()) {
      fires.add(time.toInstant(offsets.get(1)));
    }
  }

  private boolean goesByElapsedHours() {
    String[] fields = cron.text().strip().split("\\s+", -1);
    boolean star = fields.length > 1 && fields[1].startsWith("*");
    return cron.interval() && (star || cron.hours() == (1 << 24) - 1);
  }

  private boolean matches(LocalDate date) {
    if (!has(cron.months(), date.getMonthValue())) {
      return false;
    }
    boolean ofMonth = has(cron.daysOfMonth(), date.getDayOfMonth());
    boolean ofWeek = has(cron.daysOfWeek(), date.getDayOfWeek().getValue() % 7);
    if (cron.anyDayOfMonth() || cron.anyDayOfWeek()) {
      return ofMonth && ofWeek;
    }
    return ofMonth || ofWeek;
  }

  private static boolean has(long mask, int value) {
    return (mask >>> value & 1) == 1;
  }
}
