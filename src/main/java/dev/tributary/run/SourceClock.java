package dev.tributary.run;

import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The time by which is judged what is due: the earlier of our clock and the source's, so that a
 * clock that runs ahead never exports an unfinished window. Between two questions a source's clock
 * is taken to go on by elapsed time, whatever ours is set to. Safe for use by several threads.
 */
public final class SourceClock {

  private static final Duration WORTH_A_WARNING = Duration.ofMinutes(1);
  private static final Duration TOO_FAR = Duration.ofHours(1);

  private final Kit kit;
  private final Duration trusted;
  private final LongSupplier nanos;
  private final RunListener listener;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(Instant theirs, long asked) {}

  /** Asks each source once. */
  SourceClock(Kit kit, RunListener listener) {
    this(kit, Duration.ofDays(365), System::nanoTime, listener);
  }

  /**
   * Asks a source again when its answer is older than that.
   *
   * @param nanos elapsed time, in nanoseconds from any origin
   */
  public SourceClock(Kit kit, Duration trusted, LongSupplier nanos, RunListener listener) {
    this.kit = kit;
    this.trusted = trusted;
    this.nanos = nanos;
    this.listener = listener;
  }

  /**
   * The instant by which this lane's windows are judged.
   *
   * @throws Failure if the source cannot be asked, or if the clocks are more than an hour apart
   */
  Instant judge(Lane lane) throws Failure {
    String source = lane.job().source().name();
    Answer answer = answers.get(source);
    boolean fresh = answer == null || since(answer).compareTo(trusted) >= 0;
    if (answer == null || fresh) {
      // the answer's own way is not counted, so theirs is rather early than late
      answer = new Answer(lane.source().now(lane.job().bucket()), nanos.getAsLong());
      answers.put(source, answer);
    }
    Instant theirs = answer.theirs().plus(since(answer));
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
    if (fresh && skew.compareTo(WORTH_A_WARNING) > 0) {
      listener.warned(
          lane.job().name(),
          "the clock of source '"
              + source
              + "' and ours are "
              + Durations.text(skew)
              + " apart; the earlier one is used");
    }
    return theirs.isBefore(ours) ? theirs : ours;
  }

  private Duration since(Answer answer) {
    return Duration.ofNanos(nanos.getAsLong() - answer.asked());
  }
}
