package dev.tributary.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.Stream;

/** Multiples of a divisor of a day from the epoch, which are also multiples within each UTC day. */
record FixedCuts(long seconds) implements Cuts {

  static FixedCuts every(Duration length) {
    return new FixedCuts(length.toSeconds());
  }

  @Override
  public Instant atOrBefore(Instant instant) {
    long second = instant.getEpochSecond();
    return Instant.ofEpochSecond(second - Math.floorMod(second, seconds));
  }

  @Override
  public Instant after(Instant instant) {
    return atOrBefore(instant).plusSeconds(seconds);
  }

  @Override
  public Iterator<Instant> from(Instant instant) {
    return Stream.iterate(after(instant), cut -> cut.plusSeconds(seconds)).iterator();
  }
}
