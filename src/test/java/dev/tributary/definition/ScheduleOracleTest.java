package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.tributary.job.Cron;
import dev.tributary.plan.CronFires;
import dev.tributary.testing.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Schedules as operators write them, from text to fire, against another implementation. */
class ScheduleOracleTest {

  private static final long SEED = 20_261_124L;
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat", "SUN");
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Asia/Kathmandu"));

  @Test
  void awayFromClockChangesAWrittenScheduleFiresLikeAnotherImplementation() {
    Random random = new Random(SEED);
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    int rounds = Counts.of(2_000, 40_000);
    int compared = 0;
    for (int round = 0; round < rounds; round++) {
      String text = schedule(random);
      ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
      Instant at = Instant.ofEpochSecond(1_500_000_000L + random.nextInt(700_000_000));
      Optional<Cron> cron = CronText.parse(text).value();
      if (cron.isEmpty()) {
        // The one thing that both dialects write and only one refuses is a date that never comes.
        assertThat(text).matches(".* (29|30|31)(-31|,31|,30)? \\S+ \\*");
        continue;
      }
      ExecutionTime oracle = ExecutionTime.forCron(parser.parse(text));
      ZonedDateTime local = at.atZone(zone);
      Optional<Instant> next = oracle.nextExecution(local).map(ZonedDateTime::toInstant);
      Optional<Instant> last = oracle.lastExecution(local).map(ZonedDateTime::toInstant);
      String about = "seed %d, '%s' in %s at %s".formatted(SEED, text, zone, at);
      Optional<Instant> ourNext = CronFires.next(cron.get(), zone, at);
      if (isCalm(zone, at, next) && isCalm(zone, at, ourNext)) {
        assertThat(ourNext).as("after: " + about).isEqualTo(next);
        compared++;
      }
      Optional<Instant> ourLast = CronFires.previous(cron.get(), zone, at);
      if (isCalm(zone, at, last) && isCalm(zone, at, ourLast)) {
        assertThat(ourLast).as("before: " + about).isEqualTo(last);
        compared++;
      }
    }
    assertThat(compared).as("fires compared").isGreaterThan(rounds);
  }

  /** Neither the instant nor the fire lies within two days of a change of the clock. */
  private static boolean isCalm(ZoneId zone, Instant at, Optional<Instant> fire) {
    return isCalm(zone, at) && fire.map(instant -> isCalm(zone, instant)).orElse(true);
  }

  private static boolean isCalm(ZoneId zone, Instant at) {
    Instant begin = at.minus(Duration.ofDays(2));
    var change = zone.getRules().nextTransition(begin);
    return change == null || change.getInstant().isAfter(at.plus(Duration.ofDays(2)));
  }

  private static String schedule(Random random) {
    String day = field(random, 1, 31, List.of());
    String week = field(random, 0, 7, DAYS);
    return String.join(
        " ",
        stepped(random, 0, 59, List.of()),
        stepped(random, 0, 23, List.of()),
        // Where both are restricted either matches; a step counts as restricted here only.
        day,
        stepped(random, 1, 12, MONTHS),
        week);
  }

  private static String stepped(Random random, int min, int max, List<String> names) {
    int by = 2 + random.nextInt(Math.max(1, (max - min) / 2));
    return switch (random.nextInt(4)) {
      case 0 -> "*/" + by;
      case 1 -> {
        int low = min + random.nextInt(max - min);
        yield low + "-" + (low + 1 + random.nextInt(max - low)) + "/" + by;
      }
      default -> field(random, min, max, names);
    };
  }

  private static String field(Random random, int min, int max, List<String> names) {
    int low = min + random.nextInt(max - min);
    int high = low + 1 + random.nextInt(max - low);
    return switch (random.nextInt(5)) {
      case 0, 1 -> "*";
      case 2 -> name(random, low, min, names);
      case 3 -> low + "-" + high;
      default -> low + "," + high;
    };
  }

  private static String name(Random random, int value, int min, List<String> names) {
    return names.isEmpty() || random.nextBoolean()
        ? String.valueOf(value)
        : names.get(value - min).toUpperCase(Locale.ROOT);
  }
}
