package dev.tributary.job;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The grid on which a query groups rows by time: multiples of {@code months} or of {@code length}
 * from {@code origin}, on the calendar of {@code zone} when one is given, else in UTC.
 *
 * @param length fixed length; {@link Duration#ZERO} when the bin is counted in months
 * @param months length in months; 0 when the bin has a fixed length
 * @param origin one of the grid's boundaries; under a zone its wall-clock time there counts
 * @param zone calendar of the bins ({@code tz('…')}, {@code date_bin_wallclock}); absent means UTC
 */
public record Bin(Duration length, int months, Instant origin, Optional<ZoneId> zone) {

  /**
   * @throws IllegalArgumentException unless exactly one of length and months is positive
   */
  public Bin {
    if (length.isNegative() || months < 0 || length.isZero() == (months == 0)) {
      throw new IllegalArgumentException("bin of " + length + " and " + months + " months");
    }
  }

  public static Bin of(Duration length) {
    return new Bin(length, 0, Instant.EPOCH, Optional.empty());
  }

  public static Bin ofMonths(int months) {
    return new Bin(Duration.ZERO, months, Instant.EPOCH, Optional.empty());
  }

  /** As an operator reads it: {@code 2h}, {@code 90s}, {@code 3mo}. */
  @Override
  public String toString() {
    if (months > 0) {
      return Period.ofMonths(months).getMonths() + "mo";
    }
    return Durations.text(length);
  }
}
