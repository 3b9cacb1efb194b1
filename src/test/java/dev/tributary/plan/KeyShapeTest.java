package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.PartitionValue;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyShapeTest {

  private static final JobName JOB = new JobName("room-climate");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  @Test
  void everyKeyOfAJobFitsItsShape() {
    long seed = 20_261_123;
    Random random = new Random(seed);
    for (String text :
        List.of(
            PathTemplate.DEFAULT,
            "{job}/{start:uuuu/MM/dd}/h{start:H}-{start}.{ext}",
            "x a+b/{start:EEE d MMM uuuu}/{job}{end}.{ext}",
            "{start:uuuu-'W'ww}/file-{start}")) {
      PathTemplate template = PathTemplate.ofChecked(text);
      KeyShape one = KeyShape.of(template, JOB, ZONE, "parquet", List.of());
      KeyShape parts = KeyShape.of(template, JOB, ZONE, "parquet", List.of("room", "a b"));
      for (int i = 0; i < 200; i++) {
        Instant start = Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(2));
        Window window =
            random.nextBoolean()
                ? Window.at(start)
                : new Window(start, start.plus(Duration.ofMinutes(1 + random.nextInt(9_000))));
        String of = "seed " + seed + ", " + text + ", " + window;
        ObjectKey key = template.key(JOB, window, ZONE, "parquet");
        assertThat(one.fits(key)).as(of).isTrue();
        ObjectKey part =
            PartPath.of(template, JOB, window, ZONE, "parquet", List.of("room", "a b"))
                .key(
                    List.of(
                        new PartitionValue("room", Optional.of("Bad / WC")),
                        new PartitionValue("a b", Optional.empty())),
                    1 + random.nextInt(3),
                    "3fa9-17",
                    7);
        assertThat(parts.fits(part)).as(of + ", " + part).isTrue();
        assertThat(one.fits(part)).as(of + ", " + part).isFalse();
      }
    }
  }

  @Test
  void whatOthersUploadBesideItDoesNotFit() {
    KeyShape shape =
        KeyShape.of(PathTemplate.ofChecked(PathTemplate.DEFAULT), JOB, ZONE, "parquet", List.of());
    for (String key :
        List.of(
            "room-climate/date=2026-11-22/export.parquet",
            "room-climate/date=2026-11-22/room-climate-20261121T230000Z.parquet",
            "other/date=2026-11-22/other-20261121T230000Z-20261122T230000Z.parquet",
            "room-climate/date=all/room-climate-20261121T230000Z-20261122T230000Z.parquet",
            "_tributary/room-climate/index.json")) {
      assertThat(shape.fits(new ObjectKey(key))).as(key).isFalse();
    }
    assertThat(
            shape.fits(
                new ObjectKey(
                    "room-climate/date=2026-11-22/"
                        + "room-climate-20261121T230000Z-20261122T230000Z.parquet")))
        .isTrue();
  }
}
