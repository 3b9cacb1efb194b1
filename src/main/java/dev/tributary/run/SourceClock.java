package dev.tributary.run;

import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The time by which a pass judges what is due: the earlier of our clock and the source's, so that a
 * clock that runs ahead never exports an unfinished window. Each source is asked once. Safe for use
 * by several threads.
 */
final class SourceClock {

  private static final Duration WORTH_A_WARNING = Duration.ofMinutes(1);
  private static final Duration TOO_FAR = Duration.ofHours(1);

  private final Kit kit;
  private final RunListener listener;
  private final Map<String, Instant> judged = new ConcurrentHashMap<>();

  SourceClock(Kit kit, RunListener listener) {
    this.kit = kit;
    this.listener = listener;
  }

  /**
   * The instant by which this lane's windows are judged.
   *
   * @throws Failure if the source cannot be asked, or if the clocks are more than an hour apart
   */
  Instant judge(Lane lane) throws Failure {
    String source = lane.job().source().name();
    Instant known = judged.get(source);
    if (known != null) {
      return known;
    }
    Instant theirs = lane.source().now(lane.job().bucket());
    Instant ours = kit.clock().instant();
    Duration skew = Duration.between(theirs, ours).abs().truncatedTo(ChronoUnit.SECONDS);
    if (skew.compareTo(TOO_FAR) > 0) {
      throw new Failure(
          Failure.Kind.TRY_AGAIN,
          "cannot tell what is due from source '"
              + source
              + "': its clock and ours are "
              + Durations.text(skew)
              + " apart; nothing is committed until they agree to within an hour");
    }
    if (skew.compareTo(WORTH_A_WARNING) > 0) {
      listener.warned(
          lane.job().name(),
          "the clock of source '"
              + source
              + "' and ours are "
              + Durations.text(skew)
              + " apart; the earlier one is used");
    }
    Instant earlier = theirs.isBefore(ours) ? theirs : ours;
    judged.put(source, earlier);
    return earlier;
  }
}
