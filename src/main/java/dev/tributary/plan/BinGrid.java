package dev.tributary.plan;

import dev.tributary.job.Bin;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * The boundaries of a query's bins. Under a zone the server bins wall-clock times, and so do we:
 * the origin is then the wall-clock time that its instant has there.
 */
record BinGrid(Bin bin) {

  boolean holds(Instant boundary) {
    if (bin.zone().isEmpty()) {
      return isMultiple(LocalDateTime.ofInstant(boundary, ZoneOffset.UTC));
    }
    ZoneId zone = bin.zone().get();
    ZoneOffsetTransition change = zone.getRules().nextTransition(boundary.minusNanos(1));
    if (change != null && change.isGap() && change.getInstant().equals(boundary)) {
      return skipsMultiple(change);
    }
    return isMultiple(LocalDateTime.ofInstant(boundary, zone));
  }

  /** A bin that would begin at a time that the clock skips begins after the gap. */
  private boolean skipsMultiple(ZoneOffsetTransition change) {
    LocalDateTime local = change.getDateTimeBefore();
    while (!local.isAfter(change.getDateTimeAfter())) {
      if (isMultiple(local)) {
        return true;
      }
      local = local.plusMinutes(1);
    }
    return false;
  }

  private boolean isMultiple(LocalDateTime local) {
    return multiple(multiples(local)).equals(local);
  }

  /**
   * The newest instant, not after this one, at which a query may be cut: no bin has rows on both
   * sides.
   */
  Instant cutAtOrBefore(Instant instant) {
    Instant cut = boundary(multiples(LocalDateTime.ofInstant(instant, zone())));
    while (isAmbiguous(cut)) {
      cut = boundary(multiples(LocalDateTime.ofInstant(cut.minusNanos(1), zone())));
    }
    return cut;
  }

  /** The first instant after this one at which a query may be cut. */
  Instant cutAfter(Instant instant) {
    long number = multiples(LocalDateTime.ofInstant(instant, zone())) + 1;
    while (!boundary(number).isAfter(instant) || isAmbiguous(boundary(number))) {
      number++;
    }
    return boundary(number);
  }

  /** Whether exactly here no bin has rows on both sides. */
  boolean isCut(Instant instant) {
    return cutAtOrBefore(instant).equals(instant);
  }

  /** When the clock shows a multiple; where it skips one, the instant at which it does. */
  private Instant boundary(long number) {
    LocalDateTime local = multiple(number);
    ZoneOffsetTransition change = zone().getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.atZone(zone()).toInstant();
  }

  /**
   * Whether the clock shows this time, or one between it and the change, once more after it was set
   * back: rows from before and from after share their bins.
   */
  private boolean isAmbiguous(Instant instant) {
    if (bin.zone().isEmpty()) {
      return false;
    }
    ZoneOffsetTransition before = zone().getRules().previousTransition(instant.plusNanos(1));
    ZoneOffsetTransition after = zone().getRules().nextTransition(instant);
    return isAround(instant, before) || isAround(instant, after);
  }

  private static boolean isAround(Instant instant, @Nullable ZoneOffsetTransition change) {
    return change != null
        && change.isOverlap()
        && Duration.between(change.getInstant(), instant)
                .abs()
                .compareTo(change.getDuration().abs())
            < 0;
  }

  private LocalDateTime multiple(long number) {
    LocalDateTime origin = LocalDateTime.ofInstant(bin.origin(), zone());
    return bin.months() > 0
        ? origin.plusMonths(number * bin.months())
        : origin.plus(bin.length().multipliedBy(number));
  }

  /** Number of the last multiple that is not after this time; the origin's is 0. */
  private long multiples(LocalDateTime local) {
    LocalDateTime origin = LocalDateTime.ofInstant(bin.origin(), zone());
    long number =
        bin.months() > 0
            ? Math.floorDiv(ChronoUnit.MONTHS.between(origin, local), bin.months())
            : quotient(Duration.between(origin, local), bin.length());
    while (multiple(number).isAfter(local)) {
      number--;
    }
    while (!multiple(number + 1).isAfter(local)) {
      number++;
    }
    return number;
  }

  /** About how often the length fits; {@code Duration} itself divides decimal numbers, slowly. */
  private static long quotient(Duration span, Duration length) {
    return length.toNanosPart() == 0
        ? span.toSeconds() / length.toSeconds()
        : span.dividedBy(length);
  }

  private ZoneId zone() {
    return bin.zone().orElse(ZoneOffset.UTC);
  }
}
