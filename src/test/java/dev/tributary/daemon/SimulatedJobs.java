package dev.tributary.daemon;

import dev.tributary.definition.Definitions;
import dev.tributary.job.Cron;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.CronFires;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Jobs drawn at random, and what they are to have committed at an instant, said plainly. */
final class SimulatedJobs {

  private static final List<String> LENGTHS = List.of("12h", "1d", "1d", "1w", "1mo");
  private static final List<String> SCHEDULES =
      List.of("", "", "30 2 * * *", "0 0 * * *", "15 */6 * * *", "@weekly");

  private SimulatedJobs() {}

  static Definitions write(Path folder, Random random, List<String> zones) throws Exception {
    StringBuilder yaml =
        new StringBuilder(
            """
            sources:
              weather: {url: 'grpc://127.0.0.1:1'}
            destinations:
              lake: {url: 'file:///lake'}
            jobs:
            """);
    for (int number = 0; number < 3; number++) {
      String schedule = SCHEDULES.get(random.nextInt(SCHEDULES.size()));
      yaml.append(
          """
            job-%d:
              source: weather
              bucket: home
              sql: SELECT time, v FROM home WHERE time >= $start AND time < $end
              zone: %s
              window: {every: %s, delay: %dm, start: 2026-01-01, bin: none}
              retries: %d
              destination: {to: lake, path: '{job}/{start}-{end}.{ext}'}
              %s
          """
              .formatted(
                  number,
                  zones.get(random.nextInt(zones.size())),
                  every(random, number),
                  random.nextInt(90),
                  random.nextInt(3),
                  schedule.isEmpty() ? "" : "schedule: '" + schedule + "'"));
    }
    String text =
        yaml.toString()
            .replaceAll("every: 1w(.*)start: 2026-01-01", "every: 1w$1start: 2026-01-05");
    return Definition.read(
        folder,
        text.replaceAll(
            "every: 12h(.*)start: 2026-01-01", "every: 12h$1start: '2026-01-01T00:00:00Z'"));
  }

  private static String every(Random random, int number) {
    return number == 0 ? "1d" : LENGTHS.get(random.nextInt(LENGTHS.size()));
  }

  /** Every window of a job that must be committed at an instant, and none else. */
  static List<String> expected(Job job, Instant now) {
    List<String> expected = new ArrayList<>();
    Job.Windowing windowing = job.windowing().orElseThrow();
    ZoneId zone = job.zone();
    LocalDate date = LocalDate.of(2026, 1, windowing.every().toString().equals("1w") ? 5 : 1);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    while (true) {
      Instant from;
      Instant to;
      switch (windowing.every().toString()) {
        case "12h" -> {
          from = start;
          to = start.plus(Duration.ofHours(12));
          start = to;
        }
        case "1d" -> {
          from = date.atStartOfDay(zone).toInstant();
          date = date.plusDays(1);
          to = date.atStartOfDay(zone).toInstant();
        }
        case "1w" -> {
          from = date.atStartOfDay(zone).toInstant();
          date = date.plusWeeks(1);
          to = date.atStartOfDay(zone).toInstant();
        }
        default -> {
          from = date.atStartOfDay(zone).toInstant();
          date = date.plusMonths(1);
          to = date.atStartOfDay(zone).toInstant();
        }
      }
      Instant due = to.plus(windowing.delay());
      Instant fire = job.schedule().map(cron -> firstFire(cron, zone, due)).orElse(due);
      if (fire.isAfter(now)) {
        return expected;
      }
      Window window = new Window(from, to);
      expected.add(Year.describe(window, 1, YearOfWeather.rows(window)));
    }
  }

  private static Instant firstFire(Cron cron, ZoneId zone, Instant due) {
    return CronFires.next(cron, zone, due.minusNanos(1)).orElse(Instant.MAX);
  }
}
