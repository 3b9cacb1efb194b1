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
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HalvingTest {

  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "America/Havana", // sets its clock at midnight
          "America/St_Johns",
          "Australia/Lord_Howe", // by half an hour
          "Asia/Kathmandu",
          "Pacific/Apia", // left out a day
          "Africa/Casablanca");

  private static final List<Duration> BINS =
      List.of(
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));

  private static final List<Every.Calendar> EVERY =
      List.of(Every.Calendar.DAY, Every.Calendar.WEEK, Every.Calendar.MONTH);

  private static final Duration STEP = Duration.ofMinutes(5);

  @Test
  void aDayOfHoursIsHalvedAtNoon() {
    Window day = window("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");

    assertThat(new Halving(List.of(Bin.of(Duration.ofHours(1)))).halves(day))
        .containsExactly(
            window("2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z"),
            window("2026-01-01T12:00:00Z", "2026-01-02T00:00:00Z"));
    assertThat(new Halving(List.of(Bin.of(Duration.ofDays(1)))).halves(day)).containsExactly(day);
  }

  @Test
  void severalBinsAreCutOnlyWhereAllOfThemEnd() {
    Window day = window("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
    Bin quarters = Bin.of(Duration.ofHours(6));
    Bin eights = Bin.of(Duration.ofHours(8));
    Bin tens = Bin.of(Duration.ofMinutes(10));

    assertThat(new Halving(List.of(tens, eights)).halves(day).get(0).end())
        .isIn(Instant.parse("2026-01-01T08:00:00Z"), Instant.parse("2026-01-01T16:00:00Z"));
    assertThat(new Halving(List.of(tens, quarters, eights)).halves(day)).containsExactly(day);
  }

  @Test
  void aYearOfMonthsIsHalvedAtOneOfThem() {
    Window year = window("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");

    assertThat(new Halving(List.of(Bin.ofMonths(1))).halves(year).get(0).end())
        .isEqualTo(Instant.parse("2026-07-01T00:00:00Z"));
    assertThat(new Halving(List.of(Bin.ofMonths(3))).pieces(year, Duration.ofDays(1))).hasSize(4);
  }

  @Test
  void anHourThatTheClockShowsTwiceIsNotCut() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Bin minutes = new Bin(Duration.ofMinutes(30), 0, Instant.EPOCH, Optional.of(berlin));
    // the clock shows 02:00 to 03:00 from 00:00Z and again from 01:00Z
    Window twice = window("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z");

    assertThat(new Halving(List.of(minutes)).halves(twice)).containsExactly(twice);
    assertThat(
            new Halving(List.of(minutes))
                .pieces(window("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"), Duration.ZERO))
        .contains(twice)
        .hasSize(5);
  }

  @Test
  void piecesTileTheWindowAndNoBinHasRowsInTwo() {
    long seed = 20261123;
    Random random = new Random(seed);
    for (int round = 0; round < Counts.of(300, 10_000); round++) {
      String at = "seed " + seed + ", round " + round + ": ";
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      boolean local = random.nextInt(4) > 0;
      Bin bin =
          new Bin(
              BINS.get(random.nextInt(BINS.size())),
              0,
              local ? LocalDateTime.of(1970, 1, 1, 0, 0).atZone(zone).toInstant() : Instant.EPOCH,
              local ? Optional.of(zone) : Optional.empty());
      Every every = EVERY.get(random.nextInt(EVERY.size()));
      Window window =
          WindowGrid.of(every, local ? zone : ZoneOffset.UTC).containing(near(zone, random));
      Duration longest = Duration.ofMinutes(random.nextInt(3000));

      List<Window> pieces = new Halving(List.of(bin)).pieces(window, longest);

      String what = at + bin + " in " + zone + " of " + window + " by " + longest;
      assertThat(pieces.get(0).start()).as(what).isEqualTo(window.start());
      assertThat(pieces.get(pieces.size() - 1).end()).as(what).isEqualTo(window.end());
      for (int i = 1; i < pieces.size(); i++) {
        Instant cut = pieces.get(i).start();
        assertThat(pieces.get(i - 1).end()).as(what).isEqualTo(cut);
        assertThat(separates(cut, bin)).as(what + " at " + cut).isTrue();
      }
      for (Window piece : pieces) {
        if (Duration.between(piece.start(), piece.end()).compareTo(longest) > 0) {
          assertThat(inner(piece, bin)).as(what + ": uncut " + piece).isEmpty();
        }
      }
    }
  }

  /** A time around a change of the clock, mostly. */
  private static Instant near(ZoneId zone, Random random) {
    Instant any = Instant.parse("2005-01-01T00:00:00Z").plusSeconds(random.nextInt(700_000_000));
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    return change == null || random.nextInt(5) == 0
        ? any
        : change.getInstant().plus(Duration.ofHours(random.nextInt(60) - 30));
  }

  /** Whether bins before an instant, up to a day away, are others than those from it on. */
  private static boolean separates(Instant cut, Bin bin) {
    long last = Long.MIN_VALUE;
    long first = Long.MAX_VALUE;
    for (Duration far = Duration.ZERO; far.toHours() < 26; far = far.plus(STEP)) {
      last = Math.max(last, number(cut.minusNanos(1).minus(far), bin));
      first = Math.min(first, number(cut.plus(far), bin));
    }
    return last < first;
  }

  private static List<Instant> inner(Window piece, Bin bin) {
    return Stream.iterate(
            piece.start().plus(STEP), cut -> cut.isBefore(piece.end()), cut -> cut.plus(STEP))
        .filter(cut -> number(cut, bin) != number(cut.minusNanos(1), bin))
        .filter(cut -> separates(cut, bin))
        .toList();
  }

  /** The bin of a row, counted by the clock on the wall. */
  private static long number(Instant instant, Bin bin) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, bin.zone().orElse(ZoneOffset.UTC));
    long seconds = ChronoUnit.SECONDS.between(LocalDateTime.of(1900, 1, 1, 0, 0), local);
    return Math.floorDiv(seconds, bin.length().toSeconds());
  }

  private static Window window(String start, String end) {
    return new Window(Instant.parse(start), Instant.parse(end));
  }
}
