package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Bin;
import dev.tributary.job.Every;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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
