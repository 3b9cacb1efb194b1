package dev.tributary.sandbox.influxql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinsTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void aDayOfTheZoneLasts23HoursInSpringAnd25InAutumn() throws Exception {
    assertThat(begins(bins("PT24H"), "2024-03-30T12:00:00Z", "2024-04-01T12:00:00Z"))
        .containsExactly("2024-03-29T23:00:00Z", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z");
    assertThat(begins(bins("PT24H"), "2024-10-26T12:00:00Z", "2024-10-28T12:00:00Z"))
        .containsExactly("2024-10-25T22:00:00Z", "2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z");
  }

  @Test
  void aBinWhoseBeginningIsSkippedBeginsWhenTheClockJumps() throws Exception {
    assertThat(begins(bins("PT2H"), "2024-03-30T23:10:00Z", "2024-03-31T03:10:00Z"))
        .containsExactly("2024-03-30T23:00:00Z", "2024-03-31T01:00:00Z", "2024-03-31T02:00:00Z");
    assertThat(begins(bins("PT30M"), "2024-03-31T00:30:00Z", "2024-03-31T01:30:00Z"))
        .containsExactly("2024-03-31T00:30:00Z", "2024-03-31T01:00:00Z", "2024-03-31T01:30:00Z");
  }

  @Test
  void theHourThatTheClockRepeatsIsTwoShortBinsButOneLongOne() throws Exception {
    assertThat(begins(bins("PT1H"), "2024-10-26T23:00:00Z", "2024-10-27T02:00:00Z"))
        .containsExactly(
            "2024-10-26T23:00:00Z",
            "2024-10-27T00:00:00Z",
            "2024-10-27T01:00:00Z",
            "2024-10-27T02:00:00Z");
    assertThat(begins(bins("PT2H"), "2024-10-26T23:00:00Z", "2024-10-27T03:00:00Z"))
        .containsExactly("2024-10-26T22:00:00Z", "2024-10-27T00:00:00Z", "2024-10-27T03:00:00Z");
  }

  @Test
  void weeksBeginOnThursdaysUntilTheyAreMoved() {
    assertThat(instant(new Bins(ZoneOffset.UTC, nanos("P7D"), 0).of(nanos(monday()))))
        .isEqualTo(Instant.parse("2023-12-28T00:00:00Z"));
    assertThat(instant(new Bins(ZoneOffset.UTC, nanos("P7D"), nanos("P4D")).of(nanos(monday()))))
        .isEqualTo(monday());
  }

  private static Instant monday() {
    return Instant.parse("2024-01-01T00:00:00Z");
  }

  @Test
  void timesBefore1970LieInTheBinThatBeganBefore() {
    assertThat(new Bins(ZoneOffset.UTC, 10, 3).of(-1)).isEqualTo(-7);
    assertThat(new Bins(ZoneOffset.UTC, 10, -13).of(-7)).isEqualTo(-13);
  }

  @Test
  void tooManyBinsAreRefused() {
    assertThatThrownBy(() -> new Bins(BERLIN, 1, 0).between(0, 1_000_001, 1_000_000))
        .hasMessage("the sandbox does not support more than 1000000 bins in a series in InfluxQL");
  }

  /** The bins that are listed are the bins that instants have, and nothing is left out. */
  @Test
  void theBinsOfARangeAreThoseOfItsInstants() throws Exception {
    long seed = 20_241_027;
    Random random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      ZoneId zone =
          ZoneId.of(
              List.of("Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "UTC")
                  .get(random.nextInt(4)));
      long length =
          nanos(
              List.of("PT15M", "PT30M", "PT1H", "PT2H", "PT6H", "P1D", "P7D")
                  .get(random.nextInt(7)));
      Bins bins = new Bins(zone, length, 0);
      long first =
          nanos(Instant.parse("2024-01-01T00:00:00Z").plusSeconds(random.nextInt(31_000_000)));
      long last = first + length * random.nextInt(60);
      List<Long> listed = bins.between(first, last, 1_000_000);
      String what = "seed %d, run %d: %s from %d to %d".formatted(seed, run, bins, first, last);
      assertThat(listed).as(what).isSorted().doesNotHaveDuplicates();
      List<Long> met = new ArrayList<>();
      for (long at = first; at <= last; at += nanos("PT5M")) {
        long bin = bins.of(at);
        if (met.isEmpty() || met.get(met.size() - 1) != bin) {
          met.add(bin);
        }
      }
      assertThat(listed).as(what).containsAll(met);
      assertThat(listed.size()).as(what).isBetween(met.size(), met.size() + 1);
      assertThat(bins.of(listed.get(listed.size() - 1)))
          .as(what)
          .isEqualTo(listed.get(listed.size() - 1));
    }
  }

  private static Bins bins(String length) {
    return new Bins(BERLIN, nanos(length), 0);
  }

  private static List<String> begins(Bins bins, String first, String last) throws Exception {
    return bins.between(nanos(Instant.parse(first)), nanos(Instant.parse(last)), 100).stream()
        .map(bin -> instant(bin).toString())
        .toList();
  }

  private static long nanos(String duration) {
    return Duration.parse(duration).toNanos();
  }

  private static long nanos(Instant instant) {
    return TimeExpression.nanos(instant);
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
