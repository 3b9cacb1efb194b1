package dev.tributary.definition;

import java.time.Duration;

/** A length of time as the servers' languages write it: months, or a fixed length, or both. */
record Interval(int months, Duration length) {

  /** The server counts months in 32 bits and nanoseconds in 64. */
  static final Interval LONGEST = new Interval(Integer.MAX_VALUE, Duration.ofNanos(Long.MAX_VALUE));

  static Interval ofMonths(int months) {
    return new Interval(months, Duration.ZERO);
  }

  static Interval of(Duration length) {
    return new Interval(0, length);
  }

  Interval plus(Interval other) {
    return new Interval(months + other.months, length.plus(other.length));
  }

  /** Whether the sum of both is within {@link #LONGEST}. */
  boolean hasRoomFor(Interval other) {
    return months <= LONGEST.months - other.months
        && length.compareTo(LONGEST.length.minus(other.length)) <= 0;
  }

  /** Whether a grid can be made of it. */
  boolean isBin() {
    return months >= 0 && !length.isNegative() && (months == 0) != length.isZero();
  }
}
