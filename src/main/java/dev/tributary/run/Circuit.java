package dev.tributary.run;

import dev.tributary.job.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps jobs from hammering a source that does not answer: after three failures in a row nobody
 * asks it for a while, then one probe does, and its answer decides for all. Safe for use by several
 * threads.
 */
public final class Circuit {

  private static final int FAILURES = 3;
  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private int failures;
  private boolean probing;
  private Instant probe = Instant.MIN;
  private @Nullable String reason;

  /** Whether a window may set out at this instant; while the circuit is open, one at a time. */
  public synchronized boolean admits(Instant now) {
    // a clock that was set back must not keep a source closed for longer than it ever is
    boolean due = !now.isBefore(probe) || now.plus(LONGEST).isBefore(probe);
    return !isOpen() || (!probing && due);
  }

  /** Something sets out; while the circuit is open, it is the probe. */
  public synchronized void setsOut() {
    probing = true;
  }

  /** Whether the source is left alone for now, probes apart. */
  public synchronized boolean isOpen() {
    return failures >= FAILURES;
  }

  /** What was admitted has come to its end, whether it asked the source or not. */
  public synchronized void ended() {
    probing = false;
  }

  synchronized void answered() {
    failures = 0;
    reason = null;
  }

  synchronized void failed(Failure failure, Instant now) {
    if (failure.kind() != Failure.Kind.UNREACHABLE) {
      // a refusal is an answer
      answered();
      return;
    }
    failures++;
    reason = failure.sentence();
    if (isOpen()) {
      Duration wait = FIRST.multipliedBy(1L << Math.min(failures - FAILURES, 10));
      probe = now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }
  }

  /** When the source is asked again, while it is left alone. */
  public synchronized Optional<Instant> probe() {
    return isOpen() ? Optional.of(probe) : Optional.empty();
  }

  /** The last failure's sentence, while the source is left alone. */
  public synchronized Optional<String> reason() {
    return isOpen() ? Optional.ofNullable(reason) : Optional.empty();
  }
}
