package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.util.Optional;

/**
 * One window's turn: begun, tried as often as its job allows, and its failure written down or
 * cleared. Safe for use by several threads.
 */
final class Settling {

  private final Kit kit;
  private final RunListener listener;

  Settling(Kit kit, RunListener listener) {
    this.kit = kit;
    this.listener = listener;
  }

  /**
   * What a turn came to.
   *
   * @param noted the failure as it was written down, if it failed
   */
  record Turn(Outcome outcome, Optional<History.Failed> noted) {}

  /** The caller tells the listener of the end. */
  Turn settle(Lane lane, Window window, Aim aim, History known, Retrying retrying) {
    Job job = lane.job();
    listener.began(job.name(), window);
    Outcome outcome = retrying.settle(lane.pipeline(), job, window, aim);
    if (aim == Aim.REVISIT) {
      listener.revisited(outcome);
    }
    Optional<History.Failed> noted =
        outcome.fold(
            new Outcome.Cases<Optional<History.Failed>>() {
              @Override
              public Optional<History.Failed> settled(Outcome.Settled settled) {
                if (known.failures().containsKey(window.start())) {
                  lane.ledger().clearFailure(window);
                }
                return Optional.empty();
              }

              @Override
              public Optional<History.Failed> failed(Outcome.Failed failed) {
                return Optional.of(noted(lane, failed));
              }
            });
    return new Turn(outcome, noted);
  }

  private History.Failed noted(Lane lane, Outcome.Failed failed) {
    return lane.ledger()
        .recordFailure(
            failed.window(), failed.failure(), lane.job().hashes().query(), kit.clock().instant());
  }

  /** Why the window stays open; empty when it is settled. */
  static Optional<Failure> failure(Outcome outcome) {
    return outcome.fold(
        new Outcome.Cases<Optional<Failure>>() {
          @Override
          public Optional<Failure> settled(Outcome.Settled settled) {
            return Optional.empty();
          }

          @Override
          public Optional<Failure> failed(Outcome.Failed failed) {
            return Optional.of(failed.failure());
          }
        });
  }

  /** What the history gains; empty when the window stays open. */
  static Optional<History.Committed> committed(Outcome outcome) {
    return outcome.fold(
        new Outcome.Cases<Optional<History.Committed>>() {
          @Override
          public Optional<History.Committed> settled(Outcome.Settled settled) {
            return Optional.of(settled.manifest().committed(settled.at()));
          }

          @Override
          public Optional<History.Committed> failed(Outcome.Failed failed) {
            return Optional.empty();
          }
        });
  }
}
