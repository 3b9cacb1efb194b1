package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Every;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.testing.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final JobName CPU = new JobName("cpu");
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final Window DAY =
      new Window(Instant.parse("2026-11-21T23:00:00Z"), Instant.parse("2026-11-22T23:00:00Z"));

  @Test
  void theDefaultIsNamedByJobLocalDateAndBothBounds() {
    assertThat(template(PathTemplate.DEFAULT).key(CPU, DAY, BERLIN, "parquet").value())
        .isEqualTo("cpu/date=2026-11-22/cpu-20261121T230000Z-20261122T230000Z.parquet");
  }

  @Test
  void snapshotsANanosecondApartHaveTwoKeys() {
    PathTemplate template = template(PathTemplate.SNAPSHOT_DEFAULT);
    Window one = Window.at(Instant.parse("2026-11-22T08:00:00.123Z"));
    Window other = Window.at(one.end());

    assertThat(template.key(CPU, one, ZoneOffset.UTC, "arrow").value())
        .isEqualTo("cpu/date=2026-11-22/cpu-20261122T080000.123Z.arrow");
    assertThat(template.key(CPU, other, ZoneOffset.UTC, "arrow").value())
        .isEqualTo("cpu/date=2026-11-22/cpu-20261122T080000.123000001Z.arrow");
  }

  @Test
  void whatIsNotSafeInAFileNameIsPercentEncodedAndASlashIsAFolder() {
    assertThat(template("{start:uuuu/MM/dd HH:mm}.{ext}").key(CPU, DAY, BERLIN, "parquet").value())
        .isEqualTo("2026/11/22%2000%3A00.parquet");
  }

  @Test
  void whatAPatternWritesStaysOnePlainNameOutsideAsciiAndInAnyZone() {
    Window night =
        new Window(Instant.parse("2026-10-25T01:00:00Z"), Instant.parse("2026-10-25T02:00:00Z"));

    assertThat(
            template("\u00fc/{start:'\u00fc%?*'uuuuXXX}.{ext}")
                .key(CPU, night, BERLIN, "parquet")
                .value())
        .isEqualTo("\u00fc/%C3%BC%25%3F%2A2026+01%3A00.parquet");
    assertThat(template("{end:uuuu-MM-dd'T'HH}.x").key(CPU, night, BERLIN, "x").value())
        .isEqualTo("2026-10-25T03.x");
  }

  @Test
  void noPatternLeavesThePrefix() {
    for (String pattern : List.of("'..'", "'a/../b'", "'/'uuuu", "uuuu'//'MM", "'.'")) {
      assertThat(problem("{job}/{start:" + pattern + "}/x")).as(pattern).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "{job}/{strat}.x, 6",
    "{job}/{start, 6",
    "{job}/start}, 11",
    "{job}/{start:qqqqqqqq}, 13",
    "{job}/{start:}, 13",
    "{job:x}/{start}, 4",
    "/srv/{start}, 0",
    "{job}/../{start}, 6",
    "{job}//{start}, 5",
    "{job}/{start}/, 0",
    "_tributary/{start}, 0",
    "_Tributary/{start}, 0",
    "_trib{job}/{start}, 0",
    "_{job}/{start}, 0",
    "a\\b{start}, 1"
  })
  void aMistakeIsNamedWithItsPlace(String text, int offset) {
    int at =
        PathTemplate.parse(text)
            .fold(
                new PathTemplate.Parsed.Cases<Integer>() {
                  @Override
                  public Integer template(PathTemplate template) {
                    return -1;
                  }

                  @Override
                  public Integer problem(int offset, String message) {
                    assertThat(message).isNotBlank();
                    return offset;
                  }
                });

    assertThat(at).isEqualTo(offset);
  }

  @ParameterizedTest
  @CsvSource({
    "1h, UTC, {start:uuuu-MM-dd}.x, true",
    "1h, UTC, {start:uuuu-MM-dd'T'HH}.x, false",
    "1h, UTC, {start:uuuu-MM-dd'T'hh}.x, true",
    "1h, UTC, {start:uuuuMdH}.x, true",
    "1h, UTC, {start:MM-dd'T'HH}.x, true",
    "1h, Europe/Berlin, {start:uuuu-MM-dd'T'HH}.x, true",
    "1h, Europe/Berlin, {start:uuuu-MM-dd'T'HHX}.x, false",
    "1h, Europe/Berlin, {start:uuuu-MM-dd}/{start}.x, false",
    "15m, UTC, {start:uuuu-MM-dd'T'HH}.x, true",
    "15m, UTC, {start:uuuu-MM-dd'T'HHmm}.x, false",
    "1d, Europe/Berlin, {start:uuuu-MM-dd}.x, false",
    "1d, Europe/Berlin, {start:uuuuMd}.x, true",
    "1d, Europe/Berlin, {start:uuuu-MM}.x, true",
    "1d, Europe/Berlin, {job}.{ext}, true",
    "1mo, Europe/Berlin, {start:uuuu-MM}.x, false",
    "1y, UTC, {start:uu}.x, false",
    "1w, UTC, {start:YYYY-'W'ww}.x, false",
    "1h, Europe/Berlin, {end:uuuu-MM-dd'T'HH}.x, true",
    "1h, Australia/Lord_Howe, {start:uuuu-MM-dd'T'HH}.x, true",
    "1h, America/Sao_Paulo, {start:uuuu-MM-dd'T'HH}.x, true",
    "1h, Europe/Istanbul, {start:uuuu-MM-dd'T'HH}.x, true",
    "1m, Europe/Moscow, {start:uuuu-MM-dd'T'HHmm}.x, true",
    "1h, America/Sao_Paulo, {start:uuuu-MM-dd'T'HHX}.x, false",
    "1d, America/Sao_Paulo, {start:uuuu-MM-dd}.x, false",
    "1mo, UTC, {start:MM}.x, true",
    "1mo, UTC, {start:uuuu}.x, true",
    "1w, UTC, {start:uuuu-'W'ww}.x, true",
    "1y, UTC, {start:uuuu}.x, false"
  })
  void aTemplateThatGivesTwoWindowsOneKeyIsFound(
      String every, String zone, String text, boolean collides) {
    assertThat(
            KeyCollisions.between(template(text), every(every), ZoneId.of(zone), NOW).isPresent())
        .isEqualTo(collides);
  }

  @Test
  void aTemplateFoundSafeGivesEachHourOfTwentyPastYearsItsOwnKeyInEveryZone() {
    List<String> zones = new ArrayList<>(ZoneId.getAvailableZoneIds());
    Collections.sort(zones);
    PathTemplate template = template("{start:uuuu-MM-dd'T'HHmm}.x");
    Every hour = every("1h");
    for (int index = 0; index < zones.size(); index += Counts.of(61, 7)) {
      ZoneId zone = ZoneId.of(zones.get(index));
      Set<String> keys = new HashSet<>();
      Optional<Window> twice =
          WindowGrid.of(hour, zone)
              .between(Instant.parse("2007-01-01T00:00:00Z"), NOW)
              .filter(window -> !keys.add(template.render(CPU, window, zone, "x")))
              .findFirst();

      if (twice.isPresent()) {
        assertThat(KeyCollisions.between(template, hour, zone, NOW))
            .as("%s has one key for two hours at %s", zone, twice.get())
            .isPresent();
      }
    }
  }

  @Test
  void aTemplateFoundSafeGivesEveryWindowOfTenYearsItsOwnKey() {
    long seed = 42L;
    Random random = new Random(seed);
    List<String> parts =
        List.of("uuuu", "MM", "dd", "HH", "M", "d", "H", "hh", "a", "X", "D", "mm", "-", "'T'");
    for (int round = 0; round < Counts.of(60, 300); round++) {
      StringBuilder pattern = new StringBuilder("uuuu");
      for (int part = random.nextInt(6); part >= 0; part--) {
        String next = parts.get(random.nextInt(parts.size()));
        // The same letter twice is another letter count, and mostly no pattern.
        if (pattern.charAt(pattern.length() - 1) != next.charAt(0)) {
          pattern.append(next);
        }
      }
      PathTemplate template = template("{start:" + pattern + "}.x");
      Every every = round % 2 == 0 ? Every.Calendar.DAY : every("6h");
      if (KeyCollisions.between(template, every, BERLIN, NOW).isPresent()) {
        continue;
      }
      Set<String> keys = new HashSet<>();
      WindowGrid.of(every, BERLIN)
          .between(NOW, Instant.parse("2036-11-22T00:00:00Z"))
          .forEach(
              window ->
                  assertThat(keys.add(template.render(CPU, window, BERLIN, "x")))
                      .as("seed %d, %s, %s, %s", seed, pattern, every, window)
                      .isTrue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "{job}/{start}.x, a, {job}/{start}.x, ab, true",
    "{job}/{start}.x, a, {job}/{end}.x, ab, true",
    "{job}{start}.x, a, {job}-{start}.x, a-b, false",
    "all/{start}.x, a, all/{start}.x, b, false",
    "all/{start}-{job}.x, a, all/{start}-{job}.x, b, true",
    "all/{start}.x, a, all/{start}-{job}.x, b, false",
    "one/{start}.x, a, two/{start}.x, b, true"
  })
  void twoJobsAreDistinctWhenTheirBeginningsDivergeOrTheirOneTemplateHoldsTheJob(
      String one, String job, String other, String otherJob, boolean distinct) {
    assertThat(
            PathTemplate.areDistinct(
                template(one), new JobName(job), template(other), new JobName(otherJob)))
        .isEqualTo(distinct);
  }

  private static Every every(String text) {
    for (Every.Calendar calendar : Every.Calendar.values()) {
      if (calendar.toString().equals(text)) {
        return calendar;
      }
    }
    return new Every.Fixed(Duration.parse("PT" + text));
  }

  private static boolean problem(String text) {
    return PathTemplate.parse(text)
        .fold(
            new PathTemplate.Parsed.Cases<Boolean>() {
              @Override
              public Boolean template(PathTemplate template) {
                return false;
              }

              @Override
              public Boolean problem(int offset, String message) {
                return offset >= 0 && !message.isBlank();
              }
            });
  }

  private static PathTemplate template(String text) {
    return PathTemplate.ofChecked(text);
  }
}
