package dev.tributary.daemon;

import dev.tributary.job.Failure;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What went wrong with a job since a window of it was last settled. Immutable.
 *
 * @param times failures in a row
 * @param last the latest
 * @param planless whether it kept anything from being planned
 */
record Trouble(int times, Optional<JobState.LastFailure> last, boolean planless) {

  static final Trouble NONE = new Trouble(0, Optional.empty(), false);

  Trouble failed(Window window, Failure failure, Instant now, Duration pause) {
    return after(Optional.of(window), failure, now, pause, false);
  }

  Trouble refused(Failure failure, Instant now, Duration pause) {
    return after(Optional.empty(), failure, now, pause, true);
  }

  private Trouble after(
      Optional<Window> window, Failure failure, Instant now, Duration pause, boolean none) {
    return new Trouble(
        times + 1,
        Optional.of(
            new JobState.LastFailure(
                window, failure.kind(), failure.sentence(), now, times + 1, now.plus(pause))),
        none);
  }

  /** A look went well; a window that failed is not forgotten by that. */
  Trouble planned() {
    return planless ? NONE : this;
  }

  /** Whether the job is left alone at an instant. */
  boolean holds(Instant now) {
    return last.map(failure -> now.isBefore(failure.nextTry())).orElse(false);
  }

  /** When the job is taken up again. */
  Instant nextTry() {
    return last.map(JobState.LastFailure::nextTry).orElse(Instant.MIN);
  }

  /** The same, the job taken up again at an instant if it was to be later. */
  Trouble until(Instant now) {
    return new Trouble(
        times,
        last.map(
            failure ->
                new JobState.LastFailure(
                    failure.window(),
                    failure.kind(),
                    failure.reason(),
                    failure.at(),
                    failure.times(),
                    failure.nextTry().isBefore(now) ? failure.nextTry() : now)),
        planless);
  }

  Optional<String> problem() {
    return planless ? last.map(JobState.LastFailure::reason) : Optional.empty();
  }
}
