package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.CpuSample;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three job files as users write them, run as they are written. */
class UserJobsTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private Sandbox sandbox;

  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    sandbox = Sandbox.start(SandboxSettings.standard());
    lake = folder.resolve("lake");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void hoursOfCpuAddUpToWhatADirectQuerySays() throws Exception {
    Instant first =
        InstantSource.system().instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(6));
    sandbox.loadCpu(
        "metrics", new CpuSample(5, first, Duration.ofHours(4), Duration.ofSeconds(10), 7));
    job(
        """
          cpu:
            source: plant
            bucket: metrics
            sql: |
              SELECT DATE_BIN(INTERVAL '5 minutes', time) AS time, host, region,
                     sum(usage_user) AS usage_user, sum(processes) AS processes, count(*) AS points
              FROM cpu
              WHERE time >= $start AND time < $end
              GROUP BY 1, host, region ORDER BY host, 1
            window: {every: 1h, start: %s}
            destination:
              to: lake
              path: "warehouse/cpu/date={start:uuuu-MM-dd}/hour={start:HH}/{job}-{start}.{ext}"
        """
            .formatted(first));
    // the same points once more, queried whole: the windows may add nothing and lose nothing
    job(
        "all-of-it.yaml",
        """
          all-of-it:
            source: plant
            bucket: metrics
            sql: |
              SELECT max(time) AS time, sum(usage_user) AS usage_user,
                     sum(processes) AS processes, count(*) AS points
              FROM cpu
            destination: {to: lake}
        """);

    List<JsonNode> hours = JsonLines.of(run());
    assertThat(hours).hasSizeBetween(5, 7).allMatch(hour -> hour.get("files").size() == 1);
    Typed direct = Typed.in(folder, "run", "--config", "all-of-it.yaml");
    assertThat(direct.code()).as(direct.all()).isZero();

    String sums = "SELECT round(sum(usage_user), 2), sum(processes), sum(points)::BIGINT FROM ";
    assertThat(DuckDb.rows(sums + "read_parquet('" + lake + "/warehouse/cpu/*/*/cpu-*.parquet')"))
        .isEqualTo(DuckDb.rows(sums + "read_parquet('" + lake + "/all-of-it/*/*.parquet')"));
    assertThat(
            DuckDb.rows(
                "SELECT sum(points)::BIGINT, count(*), count(DISTINCT (host, time)),"
                    + " bool_and(strftime(time, '%Y-%m-%d %H') = strftime(date, '%Y-%m-%d ') || hour)"
                    + " FROM read_parquet('"
                    + lake
                    + "/warehouse/cpu/*/*/*.parquet', hive_types = {date: DATE, hour: VARCHAR})"))
        .isEqualTo(List.of(List.of(5L * 4 * 360, 5L * 4 * 12, 5L * 4 * 12, true)));
  }

  @ParameterizedTest
  @CsvSource({"2025-03-30,23", "2025-10-26,25"})
  void aDayOfBerlinHasTheHoursItHasAndEachLiesInOneFile(LocalDate change, int hours)
      throws Exception {
    LocalDate first = change.minusDays(1);
    Instant begin = first.atStartOfDay(BERLIN).toInstant();
    Instant end = change.plusDays(2).atStartOfDay(BERLIN).toInstant();
    StringBuilder lines = new StringBuilder();
    long hour = 0;
    for (Instant at = begin.minusSeconds(3600);
        !at.isAfter(end);
        at = at.plus(Duration.ofHours(1))) {
      lines.append("power,meter=m1 watts=%d %d%n".formatted(hour++, at.getEpochSecond()));
    }
    sandbox.load("energy", lines.toString(), TimeUnit.SECONDS);
    job(
        """
          power:
            source: plant
            bucket: energy
            influxql: |
              SELECT MEAN(watts) AS watts, COUNT(watts) AS hours, MIN(watts) AS least FROM power
              WHERE time >= $start AND time < $end
              GROUP BY time(1d), meter fill(none) tz('Europe/Berlin')
            zone: Europe/Berlin
            window: {every: 1d, start: %s}
            destination: {to: lake}
        """
            .formatted(first));
    for (int day = 0; day < 3; day++) {
      run("power", "--window", first.plusDays(day).toString());
    }

    // hour 0 lies before the first day; the mean of n numbers from k on is k + (n - 1) / 2
    long second = 25;
    long third = second + hours;
    assertThat(
            DuckDb.rows(
                "SELECT epoch_ns(time) // 1000000000, meter, least, hours, watts, date"
                    + " FROM read_parquet('"
                    + lake
                    + "/power/*/*.parquet', hive_types = {date: VARCHAR}) ORDER BY time"))
        .isEqualTo(
            List.of(
                day(first, 1, 24), day(change, second, hours), day(change.plusDays(1), third, 24)));
    assertThat(Listing.data(lake)).hasSize(3);
  }

  private static List<Object> day(LocalDate date, long firstHour, long hours) {
    return List.of(
        date.atStartOfDay(BERLIN).toEpochSecond(),
        "m1",
        (double) firstHour,
        hours,
        firstHour + (hours - 1) / 2.0,
        date.toString());
  }

  @Test
  void lastValuesAreTakenOnceInFiveMinutes() throws Exception {
    sandbox.loadHome("home");
    job(
        """
          last-values:
            source: plant
            bucket: home
            sql: |
              SELECT room, selector_last(temp, time)['time'] AS time,
                     selector_last(temp, time)['value'] AS temp
              FROM home GROUP BY room ORDER BY room
            schedule: "*/5 * * * *"
            destination: {to: lake}
        """);
    Instant fire;
    List<JsonNode> once;
    Typed again;
    do {
      fire = latestFire();
      once = JsonLines.of(run());
      again = Typed.in(folder, "run", "--config", "tributary.yaml");
    } while (!fire.equals(latestFire()));

    assertThat(once).hasSize(1);
    assertThat(once.get(0).get("start").asText()).isEqualTo(fire.toString());
    assertThat(again.err()).contains("nothing due");
    List<Path> files = Listing.data(lake);
    assertThat(DuckDb.file(files.get(files.size() - 1)))
        .isEqualTo(
            List.of(
                List.of("Kitchen", 1641067200000000000L, 22.7),
                List.of("Living Room", 1641067200000000000L, 22.2)));

    // a day later only the latest fire is due: an old label never gets today's data
    Instant later = fire.plus(Duration.ofDays(1)).plusSeconds(1);
    List<JsonNode> plan =
        JsonLines.of(
            Typed.in(
                folder, "plan", "--json", "--at", later.toString(), "--config", "tributary.yaml"));
    assertThat(plan.get(0).get("due")).hasSize(1);
    assertThat(plan.get(0).get("due").get(0).get("start").asText())
        .isEqualTo(later.minusSeconds(1).toString());
  }

  private static Instant latestFire() {
    long seconds = InstantSource.system().instant().getEpochSecond();
    return Instant.ofEpochSecond(seconds - seconds % 300);
  }

  private void job(String yaml) throws Exception {
    job("tributary.yaml", yaml);
  }

  private void job(String file, String yaml) throws Exception {
    Files.writeString(
        folder.resolve(file),
        """
        sources:
          plant: {url: '%s'}
        destinations:
          lake: {url: '%s'}
        jobs:
        """
                .formatted(sandbox.url(), Definition.url(lake))
            + yaml);
  }

  private Typed run(String... words) {
    List<String> typed = new ArrayList<>(List.of("run", "--json", "--config", "tributary.yaml"));
    typed.addAll(List.of(words));
    Typed run = Typed.in(folder, typed.toArray(String[]::new));
    assertThat(run.code()).as(run.all()).isZero();
    return run;
  }
}
