package dev.tributary.definition;

import dev.tributary.job.Bin;
import dev.tributary.job.Cron;
import dev.tributary.job.Every;
import dev.tributary.plan.BinCheck;
import dev.tributary.plan.CronFires;
import dev.tributary.plan.KeyCollisions;
import dev.tributary.plan.PathTemplate;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether bins divide windows, schedules name times that exist and paths keep windows apart, worked
 * out once for all jobs that are alike: ten years of a calendar take milliseconds, and there may be
 * ten thousand jobs. Confined to one thread.
 */
final class Misfits {

  private record Schedule(Cron cron, ZoneId zone) {}

  private record Place(String path, Every every, ZoneId zone) {}

  private record Question(Every every, ZoneId zone, Bin bin) {}

  /** Years to come in which a schedule's times are looked at. */
  private static final int YEARS = 10;

  private final Instant now;
  private final Map<Question, Optional<BinCheck.Misfit>> answers = new HashMap<>();
  private final Map<Schedule, Optional<LocalDateTime>> skipped = new HashMap<>();
  private final Map<String, PathTemplate.Parsed> paths = new HashMap<>();
  private final Map<Place, Optional<KeyCollisions.Collision>> collisions = new HashMap<>();

  /**
   * @param now the middle of the years that are looked at
   */
  Misfits(Instant now) {
    this.now = now;
  }

  Optional<BinCheck.Misfit> of(Every every, ZoneId zone, Bin bin) {
    return answers.computeIfAbsent(
        new Question(every, zone, bin), question -> BinCheck.misfit(every, zone, bin, now));
  }

  /** The first time that a schedule names and the clock skips. */
  Optional<LocalDateTime> skipped(Cron cron, ZoneId zone) {
    return skipped.computeIfAbsent(
        new Schedule(cron, zone), all -> CronFires.fallsInSkippedHour(cron, zone, now, YEARS));
  }

  PathTemplate.Parsed path(String text) {
    return paths.computeIfAbsent(text, PathTemplate::parse);
  }

  /** Two windows that a path gives one key. */
  Optional<KeyCollisions.Collision> collision(PathTemplate path, Every every, ZoneId zone) {
    return collisions.computeIfAbsent(
        new Place(path.toString(), every, zone),
        place -> KeyCollisions.between(path, every, zone, now));
  }
}
