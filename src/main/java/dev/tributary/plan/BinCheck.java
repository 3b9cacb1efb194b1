package dev.tributary.plan;

import dev.tributary.job.Bin;
import dev.tributary.job.Every;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a bin divides every window: a bin cut by a window's boundary gives two half rows. Pure.
 */
public final class BinCheck {

  private static final Duration REACH = Duration.ofDays(10 * 366);

  private static final List<Duration> USUAL =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(4),
          Duration.ofHours(6),
          Duration.ofHours(8),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7));

  private BinCheck() {}

  /**
   * A window boundary that cuts a bin.
   *
   * @param boundary the first one found
   * @param fitting the nearest usual bins that fit, one shorter and one longer where there are
   */
  public record Cut(Instant boundary, List<Bin> fitting) {}

  /** Looks at every window boundary of the past and coming ten years. */
  public static Optional<Cut> cut(Bin bin, Every every, ZoneId zone, Instant now) {
    return firstCut(bin, every, zone, now)
        .map(boundary -> new Cut(boundary, fitting(bin, every, zone, now)));
  }

  private static Optional<Instant> firstCut(Bin bin, Every every, ZoneId zone, Instant now) {
    WindowGrid grid = WindowGrid.of(every, zone);
    boolean repeats = every instanceof Every.Fixed && bin.zone().isEmpty() && bin.months() == 0;
    // a fixed bin and fixed windows repeat themselves, so two boundaries tell it all
    Instant from = repeats ? now : now.minus(REACH);
    Instant end = repeats ? now.plus(Duration.ofDays(1)) : now.plus(REACH);
    for (Window w = grid.containing(from); w.start().isBefore(end); w = grid.next(w)) {
      if (!isOnGrid(bin, w.start())) {
        return Optional.of(w.start());
      }
    }
    return Optional.empty();
  }

  private static List<Bin> fitting(Bin bin, Every every, ZoneId zone, Instant now) {
    Duration length = bin.months() > 0 ? Duration.ofDays(30L * bin.months()) : bin.length();
    List<Bin> nearest = new ArrayList<>();
    USUAL.stream()
        .filter(usual -> usual.compareTo(length) < 0)
        .sorted(Comparator.reverseOrder())
        .map(usual -> new Bin(usual, 0, bin.origin(), bin.zone()))
        .filter(usual -> firstCut(usual, every, zone, now).isEmpty())
        .findFirst()
        .ifPresent(nearest::add);
    USUAL.stream()
        .filter(usual -> usual.compareTo(length) > 0)
        .map(usual -> new Bin(usual, 0, bin.origin(), bin.zone()))
        .filter(usual -> firstCut(usual, every, zone, now).isEmpty())
        .findFirst()
        .ifPresent(nearest::add);
    return nearest;
  }

  private static boolean isOnGrid(Bin bin, Instant boundary) {
    if (bin.zone().isEmpty()) {
      return isOnGrid(
          bin,
          LocalDateTime.ofInstant(bin.origin(), ZoneOffset.UTC),
          LocalDateTime.ofInstant(boundary, ZoneOffset.UTC));
    }
    ZoneId zone = bin.zone().orElseThrow();
    LocalDateTime origin = bin.origin().atZone(zone).toLocalDateTime();
    ZonedDateTime local = boundary.atZone(zone);
    if (isOnGrid(bin, origin, local.toLocalDateTime())) {
      return true;
    }
    // the first instant after a skipped hour begins every bin that would have begun inside it
    ZoneOffsetTransition gap = zone.getRules().previousTransition(boundary.plusNanos(1));
    if (gap == null || !gap.isGap() || !gap.getInstant().equals(boundary)) {
      return false;
    }
    LocalDateTime time = gap.getDateTimeBefore();
    for (; time.isBefore(gap.getDateTimeAfter()); time = time.plusMinutes(1)) {
      if (isOnGrid(bin, origin, time)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOnGrid(Bin bin, LocalDateTime origin, LocalDateTime time) {
    if (bin.months() > 0) {
      long months = ChronoUnit.MONTHS.between(origin, time);
      return months % bin.months() == 0 && origin.plusMonths(months).equals(time);
    }
    Duration since = Duration.between(origin, time);
    long step = bin.length().toSeconds();
    if (bin.length().toNanosPart() == 0 && since.toNanosPart() == 0) {
      return since.toSeconds() % step == 0;
    }
    return since.minus(bin.length().multipliedBy(since.dividedBy(bin.length()))).isZero();
  }
}
