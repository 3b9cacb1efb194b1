package dev.tributary.plan;

import dev.tributary.job.Bin;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

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
    LocalDateTime origin = LocalDateTime.ofInstant(bin.origin(), bin.zone().orElse(ZoneOffset.UTC));
    if (bin.months() > 0) {
      long months = ChronoUnit.MONTHS.between(origin, local);
      return months % bin.months() == 0 && origin.plusMonths(months).equals(local);
    }
    Duration distance = Duration.between(origin, local);
    return distance.minus(bin.length().multipliedBy(distance.dividedBy(bin.length()))).isZero();
  }
}
