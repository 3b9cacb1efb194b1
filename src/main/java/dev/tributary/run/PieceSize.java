package dev.tributary.run;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of a window one job's queries ask for at once, learnt from refusals. Grows again by and
 * by, for a server may have been short of something for a while only. Safe for use by several
 * threads.
 */
final class PieceSize {

  /** Windows in a row without refusal after which twice as much is tried. */
  private static final int CALM = 16;

  private @Nullable Duration longest;
  private int calm;

  /** Longest piece to begin with; empty for whole windows. */
  synchronized Optional<Duration> longest() {
    return Optional.ofNullable(longest);
  }

  /** So much was too much, and this is what comes instead. */
  synchronized void refused(Duration smaller) {
    calm = 0;
    if (longest == null || smaller.compareTo(longest) < 0) {
      longest = smaller;
    }
  }

  /** A window of this length was answered without a refusal. */
  synchronized void answered(Duration window) {
    if (longest == null || ++calm < CALM) {
      return;
    }
    calm = 0;
    Duration twice = longest.multipliedBy(2);
    longest = twice.compareTo(window) < 0 ? twice : null;
  }
}
