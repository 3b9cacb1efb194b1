package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.tributary.job.Cron;
import dev.tributary.testing.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CronFiresTest {

  @ParameterizedTest
  @MethodSource("rows")
  void aScheduleFiresAroundAClockChangeAsTheTableSays(Row row) {
    List<OffsetDateTime> forward = new ArrayList<>();
    List<OffsetDateTime> backward = new ArrayList<>();
    Instant to = row.to().toInstant();
    Optional<Instant> fire = CronFires.next(row.cron(), row.zone(), row.from().toInstant());
    while (fire.isPresent() && !fire.get().isAfter(to)) {
      forward.add(fire.get().atZone(row.zone()).toOffsetDateTime());
      fire = CronFires.next(row.cron(), row.zone(), fire.get());
    }
    fire = CronFires.previous(row.cron(), row.zone(), to.plusNanos(1));
    while (fire.isPresent() && fire.get().isAfter(row.from().toInstant())) {
      backward.add(0, fire.get().atZone(row.zone()).toOffsetDateTime());
      fire = CronFires.previous(row.cron(), row.zone(), fire.get());
    }

    assertThat(forward).isEqualTo(row.fires());
    assertThat(backward).isEqualTo(row.fires());
  }

  @Test
  void awayFromClockChangesItFiresLikeAnotherImplementation() {
    long seed = 20261123L;
    Random random = new Random(seed);
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    for (int round = 0; round < Counts.of(1_000, 20_000); round++) {
      String text = cron(random);
      Instant after = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(300_000_000));
      ExecutionTime oracle = ExecutionTime.forCron(parser.parse(text));
      Optional<Instant> expected =
          oracle.nextExecution(after.atZone(ZoneOffset.UTC)).map(time -> time.toInstant());
      Optional<Instant> last =
          oracle.lastExecution(after.atZone(ZoneOffset.UTC)).map(time -> time.toInstant());

      Cron cron = TestCron.of(text);
      assertThat(CronFires.next(cron, ZoneOffset.UTC, after))
          .as("seed %d, '%s' after %s", seed, text, after)
          .isEqualTo(expected);
      assertThat(CronFires.previous(cron, ZoneOffset.UTC, after))
          .as("seed %d, '%s' before %s", seed, text, after)
          .isEqualTo(last);
    }
  }

  @Test
  void previousUndoesNextInEveryZone() {
    long seed = 7L;
    Random random = new Random(seed);
    List<String> zones = new ArrayList<>(ZoneId.getAvailableZoneIds());
    Collections.sort(zones);
    for (int round = 0; round < Counts.of(3_000, 50_000); round++) {
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      String text = cron(random);
      Instant after = Instant.ofEpochSecond(1_000_000_000L + random.nextInt(1_000_000_000));
      Instant next = CronFires.next(TestCron.of(text), zone, after).orElseThrow();
      Optional<Instant> back =
          CronFires.previous(TestCron.of(text), zone, next).filter(after::isBefore);

      assertThat(next).isAfter(after);
      assertThat(back).as("seed %d, '%s' in %s after %s", seed, text, zone, after).isEmpty();
      assertThat(CronFires.previous(TestCron.of(text), zone, next.plusNanos(1))).contains(next);
    }
  }

  @Test
  void aFixedTimeThatTheClockSkipsIsFoundForTheWarning() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant from = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(CronFires.fallsInSkippedHour(TestCron.of("30 2 * * *"), berlin, from, 2))
        .contains(LocalDateTime.parse("2026-03-29T02:30"));
    assertThat(CronFires.fallsInSkippedHour(TestCron.of("15 3 * * *"), berlin, from, 10)).isEmpty();
    assertThat(CronFires.fallsInSkippedHour(TestCron.of("*/5 * * * *"), berlin, from, 2)).isEmpty();
    assertThat(CronFires.fallsInSkippedHour(TestCron.of("30 2 * * *"), ZoneOffset.UTC, from, 10))
        .isEmpty();
  }

  private static String cron(Random random) {
    // A day field with a step counts as restricted in one implementation only, so none has one.
    return String.join(
        " ",
        pick(random, 0, 59, true),
        pick(random, 0, 23, true),
        pick(random, 1, 28, false),
        pick(random, 1, 12, false),
        pick(random, 0, 6, false));
  }

  private static String pick(Random random, int min, int max, boolean steps) {
    int low = min + random.nextInt(max - min + 1);
    int high = low + random.nextInt(max - low + 1);
    return switch (random.nextInt(steps ? 5 : 4)) {
      case 0 -> "*";
      case 1 -> String.valueOf(low);
      case 2 -> low == high ? String.valueOf(low) : low + "-" + high;
      case 3 -> low == high ? String.valueOf(low) : low + "," + high;
      default -> "*/" + (2 + random.nextInt(10));
    };
  }

  record Row(
      ZoneId zone, Cron cron, OffsetDateTime from, OffsetDateTime to, List<OffsetDateTime> fires) {}

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(Path.of("src/docs/clock-changes.md")).stream()
        .filter(line -> line.startsWith("| ") && line.contains("`"))
        .map(
            line -> {
              String[] cells = line.substring(1).split("\\|", -1);
              String fires = cells[4].trim();
              return new Row(
                  ZoneId.of(cells[0].trim()),
                  TestCron.of(cells[1].replace("`", "").trim()),
                  OffsetDateTime.parse(cells[2].trim()),
                  OffsetDateTime.parse(cells[3].trim()),
                  fires.isEmpty()
                      ? List.of()
                      : Stream.of(fires.split(", ", -1)).map(OffsetDateTime::parse).toList());
            });
  }
}
