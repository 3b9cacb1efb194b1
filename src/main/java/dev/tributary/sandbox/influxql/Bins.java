package dev.tributary.sandbox.influxql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The bins of {@code GROUP BY time}, as the wall clock of a zone shows them: all equally long
 * there, though not always so in truth. A bin whose beginning the clock skips begins when it jumps;
 * one whose beginning it shows twice begins at the earlier, unless the bins are so short that both
 * are bins of their own.
 *
 * @param zone whose clock it is
 * @param length in nanoseconds
 * @param offset nanoseconds by which bins are moved
 */
record Bins(ZoneId zone, long length, long offset) {

  private static final long SECOND = 1_000_000_000L;
  private static final long QUARTER = 900 * SECOND;

  /** The beginning of the bin that holds an instant. */
  long of(long nanos) {
    ZoneOffset there = zone.getRules().getOffset(instant(nanos));
    return instantOf(floor(nanos + there.getTotalSeconds() * SECOND), there);
  }

  /** All bins from that of {@code first} to that of {@code last}. */
  List<Long> between(long first, long last, int most) throws InfluxqlRefusal {
    List<Long> all = new ArrayList<>();
    long end = of(last);
    if (((double) end - first) / length > most) {
      throw InfluxqlRefusal.unsupported("more than " + most + " bins in a series");
    }
    for (long bin = of(first); bin <= end; bin = after(bin)) {
      all.add(bin);
    }
    return all;
  }

  /** The next bin; where the clock is set back, one lasts longer than its length. */
  private long after(long bin) {
    long inside = bin + length;
    while (of(inside) <= bin) {
      inside += QUARTER;
    }
    return of(inside);
  }

  private long floor(long wallclock) {
    return wallclock - Math.floorMod(wallclock - offset, length);
  }

  /** The instant at which the clock shows this, preferably in the given offset. */
  private long instantOf(long wallclock, ZoneOffset preferred) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(local(wallclock));
    if (offsets.size() == 1) {
      return wallclock - offsets.get(0).getTotalSeconds() * SECOND;
    }
    if (offsets.isEmpty()) {
      ZoneOffset before = rules.getTransition(local(wallclock)).getOffsetBefore();
      return wallclock - before.getTotalSeconds() * SECOND;
    }
    long repeated = (offsets.get(0).getTotalSeconds() - offsets.get(1).getTotalSeconds()) * SECOND;
    ZoneOffset chosen =
        length > repeated || !offsets.contains(preferred) ? offsets.get(0) : preferred;
    return wallclock - chosen.getTotalSeconds() * SECOND;
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  private static LocalDateTime local(long nanos) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(nanos, SECOND), (int) Math.floorMod(nanos, SECOND), ZoneOffset.UTC);
  }
}
