package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Bin;
import dev.tributary.job.Every;
import dev.tributary.job.Window;
import dev.tributary.testing.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BinCheckTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  @Test
  void twoHourBinsDoNotFitDaysInBerlinAndOneHourBinsDo() {
    assertThat(check(Every.Calendar.DAY, BERLIN, Bin.of(Duration.ofHours(1)))).isEqualTo("fits");
    assertThat(check(Every.Calendar.DAY, BERLIN, Bin.of(Duration.ofHours(2))))
        .startsWith("cut")
        .contains("[1h]");
    assertThat(check(Every.Calendar.DAY, ZoneOffset.UTC, Bin.of(Duration.ofHours(2))))
        .isEqualTo("fits");
  }

  @Test
  void underAZoneBinsFollowItsClock() {
    Bin day = in(BERLIN, Bin.of(Duration.ofDays(1)));

    assertThat(check(Every.Calendar.DAY, BERLIN, day)).isEqualTo("fits");
    assertThat(check(Every.Calendar.MONTH, BERLIN, day)).isEqualTo("fits");
    assertThat(check(Every.Calendar.DAY, BERLIN, Bin.of(Duration.ofDays(1)))).startsWith("cut");
    assertThat(check(Every.Calendar.DAY, BERLIN, in(ZoneId.of("Europe/Paris"), day)))
        .isEqualTo("zones Europe/Paris Europe/Berlin");
    assertThat(check(every(1), BERLIN, in(BERLIN, Bin.of(Duration.ofHours(2))))).startsWith("cut");
  }

  @Test
  void aMidnightThatDoesNotExistStillBeginsItsBin() {
    ZoneId santiago = ZoneId.of("America/Santiago");

    assertThat(check(Every.Calendar.DAY, santiago, in(santiago, Bin.of(Duration.ofDays(1)))))
        .isEqualTo("fits");
  }

  @Test
  void weekBinsAreCutByIsoWeeksUnlessTheirOriginIsAMonday() {
    Bin week = Bin.of(Duration.ofDays(7));
    Instant monday = Instant.parse("2026-01-05T00:00:00Z");

    assertThat(check(Every.Calendar.WEEK, ZoneOffset.UTC, week)).startsWith("cut");
    assertThat(
            check(
                Every.Calendar.WEEK,
                ZoneOffset.UTC,
                new Bin(week.length(), 0, monday, Optional.empty())))
        .isEqualTo("fits");
  }

  @Test
  void monthBinsFitMonthsAndQuartersFitYears() {
    assertThat(check(Every.Calendar.MONTH, ZoneOffset.UTC, Bin.ofMonths(1))).isEqualTo("fits");
    assertThat(check(Every.Calendar.YEAR, ZoneOffset.UTC, Bin.ofMonths(3))).isEqualTo("fits");
    assertThat(check(Every.Calendar.MONTH, ZoneOffset.UTC, Bin.ofMonths(3))).startsWith("cut");
    assertThat(check(Every.Calendar.MONTH, BERLIN, Bin.ofMonths(1))).startsWith("cut");
    assertThat(check(Every.Calendar.MONTH, BERLIN, in(BERLIN, Bin.ofMonths(1)))).isEqualTo("fits");
  }

  @Test
  void aBinLongerThanItsWindowIsCut() {
    assertThat(check(every(1), ZoneOffset.UTC, Bin.of(Duration.ofHours(2))))
        .startsWith("cut")
        .contains("[1h]");
    assertThat(check(every(6), ZoneOffset.UTC, Bin.of(Duration.ofHours(4)))).contains("[3h, 6h]");
  }

  @Test
  void itFindsACutExactlyWhereSomeBoundaryOfTwentyYearsIsOne() {
    long seed = 1_884L;
    Random random = new Random(seed);
    List<ZoneId> zones =
        Stream.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
            .map(ZoneId::of)
            .toList();
    List<Every> lengths = new ArrayList<>(List.of(Every.Calendar.values()));
    lengths.addAll(List.of(every(1), every(3), every(12)));
    int[] minutes = {1, 7, 15, 30, 60, 90, 120, 180, 360, 720, 1440, 2880, 10_080};
    int fitting = 0;
    for (int round = 0; round < Counts.of(60, 600); round++) {
      ZoneId zone = zones.get(random.nextInt(zones.size()));
      Every every = lengths.get(random.nextInt(lengths.size()));
      Instant origin =
          Instant.parse(random.nextBoolean() ? "1970-01-01T00:00:00Z" : "2026-01-05T00:00:00Z")
              .plus(Duration.ofMinutes(random.nextInt(4) == 0 ? 30 : 0));
      Optional<ZoneId> own = random.nextBoolean() ? Optional.of(zone) : Optional.empty();
      Bin plain =
          random.nextInt(5) == 0
              ? new Bin(Duration.ZERO, 1 + random.nextInt(12), origin, Optional.empty())
              : new Bin(
                  Duration.ofMinutes(minutes[random.nextInt(minutes.length)]),
                  0,
                  origin,
                  Optional.empty());
      Bin bin = own.isPresent() ? in(zone, plain) : plain;

      boolean cut = isCutSomewhere(every, zone, bin);

      assertThat(check(every, zone, bin).startsWith("cut"))
          .as("seed %d, round %d: bins %s of windows %s in %s", seed, round, bin, every, zone)
          .isEqualTo(cut);
      fitting += cut ? 0 : 1;
    }
    assertThat(fitting).as("bins that fit").isGreaterThan(5);
  }

  @Test
  void theBinsThatAreProposedFit() {
    for (String name : List.of("UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe")) {
      ZoneId zone = ZoneId.of(name);
      for (Every every : Every.Calendar.values()) {
        for (int hours : new int[] {2, 7, 100}) {
          Bin bin = Bin.of(Duration.ofHours(hours));
          for (Bin proposed : proposals(every, zone, bin)) {
            assertThat(check(every, zone, proposed))
                .as("%s instead of %s for windows of %s in %s", proposed, bin, every, zone)
                .isEqualTo("fits");
          }
        }
      }
    }
  }

  /** Minute by minute from the origin, in the clock that the bin goes by. */
  private static boolean isCutSomewhere(Every every, ZoneId zone, Bin bin) {
    ZoneId clock = bin.zone().orElse(ZoneOffset.UTC);
    LocalDateTime origin = LocalDateTime.ofInstant(bin.origin(), clock);
    long first = origin.toEpochSecond(ZoneOffset.UTC);
    WindowGrid grid = WindowGrid.of(every, zone);
    Instant until = NOW.plus(Duration.ofDays(3650));
    Instant boundary = grid.containing(NOW.minus(Duration.ofDays(3650))).end();
    while (boundary.isBefore(until)) {
      LocalDateTime local = LocalDateTime.ofInstant(boundary, clock);
      boolean held =
          bin.months() > 0
              ? local.toLocalTime().equals(origin.toLocalTime())
                  && local.getDayOfMonth() == origin.getDayOfMonth()
                  && Math.floorMod(
                          12 * (local.getYear() - origin.getYear())
                              + local.getMonthValue()
                              - origin.getMonthValue(),
                          bin.months())
                      == 0
              : Math.floorMod(local.toEpochSecond(ZoneOffset.UTC) - first, bin.length().toSeconds())
                  == 0;
      // A bin whose beginning the clock skips begins after the gap; no zone here skips midnight.
      if (!held && !(bin.zone().isPresent() && endsGap(clock, boundary))) {
        return true;
      }
      boundary = grid.next(new Window(boundary.minusSeconds(1), boundary)).end();
    }
    return false;
  }

  private static boolean endsGap(ZoneId zone, Instant instant) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(instant.minusSeconds(1));
    return change != null && change.isGap() && change.getInstant().equals(instant);
  }

  private static List<Bin> proposals(Every every, ZoneId zone, Bin bin) {
    return BinCheck.misfit(every, zone, bin, NOW)
        .map(
            misfit ->
                misfit.fold(
                    new BinCheck.Misfit.Cases<List<Bin>>() {
                      @Override
                      public List<Bin> cut(Instant boundary, List<Bin> nearest) {
                        return nearest;
                      }

                      @Override
                      public List<Bin> otherZone(ZoneId ofBin, ZoneId ofJob) {
                        return List.of();
                      }
                    }))
        .orElse(List.of());
  }

  private static Every every(int hours) {
    return new Every.Fixed(Duration.ofHours(hours));
  }

  private static Bin in(ZoneId zone, Bin bin) {
    Instant origin = LocalDateTime.ofInstant(bin.origin(), ZoneOffset.UTC).atZone(zone).toInstant();
    return new Bin(bin.length(), bin.months(), origin, Optional.of(zone));
  }

  private static String check(Every every, ZoneId zone, Bin bin) {
    return BinCheck.misfit(every, zone, bin, NOW)
        .map(
            misfit ->
                misfit.fold(
                    new BinCheck.Misfit.Cases<String>() {
                      @Override
                      public String cut(Instant boundary, List<Bin> nearest) {
                        return "cut at " + boundary + " " + nearest;
                      }

                      @Override
                      public String otherZone(ZoneId ofBin, ZoneId ofJob) {
                        return "zones " + ofBin + " " + ofJob;
                      }
                    }))
        .orElse("fits");
  }
}
