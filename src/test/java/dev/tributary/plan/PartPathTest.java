package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.PartitionValue;
import dev.tributary.job.Window;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartPathTest {

  private static final Window HOUR =
      new Window(Instant.parse("2026-11-21T23:00:00Z"), Instant.parse("2026-11-22T00:00:00Z"));
  private static final String ATTEMPT = "8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60";

  private static PartPath path(String template, String... columns) {
    return PartPath.of(
        PathTemplate.ofChecked(template),
        new JobName("climate"),
        HOUR,
        ZoneOffset.UTC,
        "parquet",
        List.of(columns));
  }

  private static PartitionValue value(String column, String text) {
    return new PartitionValue(column, Optional.of(text));
  }

  @Test
  void foldersGoBeforeTheFileNameAndTheAttemptBeforeTheExtension() {
    PartPath path = path(PathTemplate.DEFAULT, "room", "floor");

    ObjectKey key = path.key(List.of(value("room", "Bad/WC"), value("floor", "2")), 3, ATTEMPT, 12);

    assertThat(key.value())
        .isEqualTo(
            "climate/date=2026-11-21/room=Bad%2FWC/floor=2/"
                + "climate-20261121T230000Z-20261122T000000Z"
                + "-g0003-8f14e45fceea467fa0e61b2c3d4e5f60-0012.parquet");
    assertThat(path.generationOf(key)).hasValue(3);
    assertThat(path.first()).isLessThan(key);
    assertThat(path.until()).isGreaterThan(key);
    assertThat(path.pattern())
        .isEqualTo(
            "climate/date=2026-11-21/room=*/floor=*/"
                + "climate-20261121T230000Z-20261122T000000Z-g*.parquet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c/room=a/floor=1/x-20261121T230000Z.parquet",
        "c/room=a/x-20261121T230000Z-g0001-ab-0001.parquet",
        "c/floor=1/room=a/x-20261121T230000Z-g0001-ab-0001.parquet",
        "c/room=a/floor=1/deeper/x-20261121T230000Z-g0001-ab-0001.parquet",
        "c/room=a/floor=1/x-20261121T230000Z-g0001-a-b-0001.parquet",
        "c/room=a/floor=1/x-20261122T000000Z-g0001-ab-0001.parquet",
        "c/room=a/floor=1/x-20261121T230000Z-g0001-ab-0001.arrow",
        "d/room=a/floor=1/x-20261121T230000Z-g0001-ab-0001.parquet"
      })
  void nothingElseIsTakenForAPart(String key) {
    PartPath path = path("c/x-{start}.{ext}", "room", "floor");

    assertThat(path.generationOf(new ObjectKey(key))).isEmpty();
    assertThat(
            path.generationOf(
                new ObjectKey("c/room=a/floor=1/x-20261121T230000Z-g0001-ab-0001.parquet")))
        .hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'../../etc', 'room=..%2F..%2Fetc'",
    "'..', 'room=..'",
    "'a b+c', 'room=a%20b%2Bc'",
    "'Küche', 'room=K%C3%BCche'",
    "'100%', 'room=100%25'",
    "'a=b', 'room=a%3Db'",
    "'__HIVE_DEFAULT_PARTITION__', 'room=%5F_HIVE_DEFAULT_PARTITION__'",
    "'null', 'room=%6Eull'",
    "'', 'room=__HIVE_DEFAULT_PARTITION__'"
  })
  void aValueIsOneFoldersName(String text, String folder) {
    assertThat(value("room", text).folder()).isEqualTo(folder);
    assertThat(PartitionValue.ofFolder(folder)).contains(value("room", text));
  }

  @Test
  void anyValueComesBackFromAFolderThatCannotLeaveThePrefix() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      PartitionValue value = value(text(random) + "c", text(random));
      String folder = value.folder();

      assertThat(PartitionValue.ofFolder(folder)).as("seed %d", seed).contains(value);
      assertThat(folder).as("seed %d", seed).matches("[-_.%=A-Za-z0-9]+").contains("=");
      assertThat(new ObjectKey("lake/" + folder).value()).isEqualTo("lake/" + folder);
    }
  }

  private static String text(Random random) {
    String hostile = "/.\\\u0000\n%= \"'*?:é\u20ac_Aa0";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      if (random.nextInt(4) == 0) {
        text.appendCodePoint(0x1f300 + random.nextInt(64));
      } else {
        text.append(hostile.charAt(random.nextInt(hostile.length())));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"room", "=a", "room=%", "room=%4", "room=%zz", "room=%FF"})
  void aFolderThatSaysNothingIsNoPartition(String folder) {
    assertThat(PartitionValue.ofFolder(folder)).isEmpty();
  }
}
