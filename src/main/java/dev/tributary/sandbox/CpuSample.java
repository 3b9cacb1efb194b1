package dev.tributary.sandbox;

import dev.tributary.sandbox.table.ColumnKind;
import dev.tributary.sandbox.table.Table;
import dev.tributary.sandbox.table.TableBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * A made-up measurement "cpu": tags "host" and "region", floats "usage_user" and "usage_system",
 * integer "processes", boolean "throttled". The same numbers for the same seed, on every machine.
 *
 * @param hosts how many series, {@code host-000} and so on, above zero
 * @param start time of each series' first point
 * @param length time that the series cover; a point at the very end is left out
 * @param every time from point to point, above zero
 * @param seed of the numbers
 */
public record CpuSample(int hosts, Instant start, Duration length, Duration every, long seed) {

  private static final String[] REGIONS = {"eu-central", "us-east", "ap-south"};

  public CpuSample {
    if (hosts < 1 || every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("a sample needs hosts and a time between points");
    }
  }

  Table table() {
    Random random = new Random(seed);
    TableBuilder builder = new TableBuilder("cpu");
    long first =
        Math.addExact(Math.multiplyExact(start.getEpochSecond(), 1_000_000_000L), start.getNano());
    long end = first + length.toNanos();
    for (int host = 0; host < hosts; host++) {
      String name = "host-%03d".formatted(host);
      String region = REGIONS[host % REGIONS.length];
      double user = 20 + random.nextInt(40);
      for (long time = first; time < end; time += every.toNanos()) {
        user = Math.min(95, Math.max(1, user + random.nextInt(-300, 301) / 100.0));
        builder.point(time);
        builder.text("host", ColumnKind.TAG, name);
        builder.text("region", ColumnKind.TAG, region);
        builder.bits("usage_user", ColumnKind.FLOAT, hundredths(user));
        builder.bits("usage_system", ColumnKind.FLOAT, hundredths(random.nextInt(500) / 100.0));
        builder.bits("processes", ColumnKind.INTEGER, 80 + random.nextInt(60));
        builder.bits("throttled", ColumnKind.BOOLEAN, user > 90 ? 1 : 0);
      }
    }
    return builder.build();
  }

  private static long hundredths(double value) {
    return Double.doubleToRawLongBits(Math.rint(value * 100) / 100);
  }
}
