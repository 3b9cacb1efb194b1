package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Every;
import dev.tributary.job.Window;
import dev.tributary.testing.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowGridTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void windowsTileTheTimeLineAcrossEveryClockChange() {
    List<Every> lengths = new ArrayList<>(List.of(Every.Calendar.values()));
    for (int minutes : new int[] {1, 15, 60, 90, 180, 720}) {
      lengths.add(new Every.Fixed(Duration.ofMinutes(minutes)));
    }
    List<String> zones = new ArrayList<>(ZoneId.getAvailableZoneIds());
    Collections.sort(zones);
    for (int index = 0; index < zones.size(); index += Counts.of(7, 1)) {
      ZoneId zone = ZoneId.of(zones.get(index));
      Instant until = Instant.parse("2038-01-01T00:00:00Z");
      ZoneOffsetTransition change =
          zone.getRules().nextTransition(Instant.parse("2000-01-01T00:00:00Z"));
      while (change != null && change.getInstant().isBefore(until)) {
        for (Every every : lengths) {
          tiles(every, zone, change.getInstant());
        }
        change = zone.getRules().nextTransition(change.getInstant());
      }
    }
  }

  private static void tiles(Every every, ZoneId zone, Instant change) {
    WindowGrid grid = WindowGrid.of(every, zone);
    Window window = grid.previous(grid.previous(grid.containing(change)));
    Iterator<Window> windows = grid.from(window.end().minusNanos(1));
    for (int count = 0; count < 5; count++) {
      Window next = grid.next(window);
      String at = every + " in " + zone + " at " + change + ": " + window + ", " + next;
      if (!next.start().equals(window.end())
          || !grid.previous(next).equals(window)
          || !grid.containing(window.start()).equals(window)
          || !grid.containing(window.end().minusNanos(1)).equals(window)
          || !grid.isBoundary(window.end())
          || grid.isBoundary(window.start().plusNanos(1))
          || !windows.next().equals(window)) {
        throw new AssertionError(at);
      }
      window = next;
    }
  }

  @Test
  void aDayHasAsManyHoursAsItsClockSays() {
    WindowGrid days = WindowGrid.of(Every.Calendar.DAY, BERLIN);

    assertThat(hours(days, "2026-03-29T12:00:00Z")).isEqualTo(23);
    assertThat(hours(days, "2026-10-25T12:00:00Z")).isEqualTo(25);
    assertThat(hours(days, "2026-11-22T12:00:00Z")).isEqualTo(24);
  }

  @Test
  void aMidnightThatDoesNotExistIsTheDaysFirstInstant() {
    WindowGrid days = WindowGrid.of(Every.Calendar.DAY, ZoneId.of("America/Santiago"));

    assertThat(days.containing(Instant.parse("2024-09-08T12:00:00Z")))
        .isEqualTo(window("2024-09-08T04:00:00Z", "2024-09-09T03:00:00Z"));
  }

  @Test
  void aDayThatAZoneLeftOutHasNoWindow() {
    WindowGrid days = WindowGrid.of(Every.Calendar.DAY, ZoneId.of("Pacific/Apia"));
    Window before = days.containing(Instant.parse("2011-12-30T09:00:00Z"));

    assertThat(before).isEqualTo(window("2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"));
    assertThat(days.next(before)).isEqualTo(window("2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"));
  }

  @Test
  void weeksBeginOnMondayAndMonthsOnTheFirst() {
    Instant instant = Instant.parse("2026-11-22T12:00:00Z");

    assertThat(WindowGrid.of(Every.Calendar.WEEK, BERLIN).containing(instant))
        .isEqualTo(window("2026-11-15T23:00:00Z", "2026-11-22T23:00:00Z"));
    assertThat(WindowGrid.of(Every.Calendar.MONTH, BERLIN).containing(instant))
        .isEqualTo(window("2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z"));
    assertThat(WindowGrid.of(Every.Calendar.YEAR, BERLIN).containing(instant))
        .isEqualTo(window("2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z"));
  }

  @Test
  void hoursLieOnTheUtcGridWhateverTheZone() {
    WindowGrid grid =
        WindowGrid.of(new Every.Fixed(Duration.ofHours(6)), ZoneId.of("Asia/Kathmandu"));

    assertThat(grid.containing(Instant.parse("2026-11-22T12:00:00Z")))
        .isEqualTo(window("2026-11-22T12:00:00Z", "2026-11-22T18:00:00Z"));
  }

  @Test
  void betweenGivesWholeWindowsOnly() {
    WindowGrid grid = WindowGrid.of(new Every.Fixed(Duration.ofHours(1)), BERLIN);

    assertThat(
            grid.between(
                Instant.parse("2026-11-22T00:30:00Z"), Instant.parse("2026-11-22T03:59:00Z")))
        .containsExactly(
            window("2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z"),
            window("2026-11-22T02:00:00Z", "2026-11-22T03:00:00Z"));
  }

  @Test
  void theNewestCompleteWindowWaitsForItsDelay() {
    WindowGrid grid = WindowGrid.of(new Every.Fixed(Duration.ofHours(1)), BERLIN);
    Duration delay = Duration.ofMinutes(5);

    assertThat(grid.newestComplete(Instant.parse("2026-11-22T03:05:00Z"), delay).end())
        .isEqualTo("2026-11-22T03:00:00Z");
    assertThat(grid.newestComplete(Instant.parse("2026-11-22T03:04:59.999Z"), delay).end())
        .isEqualTo("2026-11-22T02:00:00Z");
  }

  private static long hours(WindowGrid grid, String instant) {
    Window window = grid.containing(Instant.parse(instant));
    return Duration.between(window.start(), window.end()).toHours();
  }

  private static Window window(String start, String end) {
    return new Window(Instant.parse(start), Instant.parse(end));
  }
}
