package dev.tributary.definition;

import dev.tributary.job.Bin;
import dev.tributary.job.Every;
import dev.tributary.plan.BinCheck;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether bins divide windows, worked out once for all jobs that are alike: ten years of boundaries
 * take a few milliseconds, and there may be ten thousand jobs. Confined to one thread.
 */
final class Misfits {

  private record Question(Every every, ZoneId zone, Bin bin) {}

  private final Instant now;
  private final Map<Question, Optional<BinCheck.Misfit>> answers = new HashMap<>();

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
}
