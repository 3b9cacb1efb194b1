package dev.tributary.run;

import dev.tributary.encode.ContentTally;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.ledger.CommitResult;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.plan.Mode;
import dev.tributary.plan.Plan;
import dev.tributary.plan.Planner;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Settles windows that can never be had, without their source. Not safe for several threads. */
public final class Skip {

  private final Job job;
  private final Destination destination;
  private final Ledger ledger;
  private final Kit kit;

  public Skip(Job job, Destination destination, Ledger ledger, Kit kit) {
    this.job = job;
    this.destination = destination;
    this.ledger = ledger;
    this.kit = kit;
  }

  /**
   * Writes the first manifest of a window, which says why it has no data.
   *
   * @throws Failure of kind {@code REFUSED} if the window is settled, or may be so by what lies
   *     there
   */
  public Manifest settle(Window window, String reason) throws Failure {
    Instant now = kit.clock().instant();
    if (window.end().isAfter(now)) {
      throw refused(window, "it has not ended yet");
    }
    History history = ledger.history();
    Optional<Window> conflict = history.conflictWith(window);
    if (conflict.isPresent()) {
      throw refused(window, "committed window " + conflict.orElseThrow() + " overlaps it");
    }
    recordGrid(history, now);
    Destination.Lock lock = destination.lock(job.name());
    try {
      refuseStarted(window, history);
      Attempt attempt = kit.attempt(job, window, 1);
      Manifest manifest =
          new Manifest(
              attempt,
              History.Status.SKIPPED,
              new ContentTally(Optional.empty()).content(),
              List.of(),
              List.of(),
              kit.clock().instant(),
              Optional.of(reason));
      if (!isOurs(ledger.commit(manifest))) {
        throw refused(window, "another writer settled it just now");
      }
      ledger.clearFailure(window);
      return manifest;
    } finally {
      lock.close();
    }
  }

  private static boolean isOurs(CommitResult result) {
    return result.fold(
        new CommitResult.Cases<Boolean>() {
          @Override
          public Boolean ours(CommitResult.Ours ours) {
            return true;
          }

          @Override
          public Boolean rivals(CommitResult.Rivals rivals) {
            return false;
          }
        });
  }

  /** A complete file without a manifest is the window's data: a run would record it. */
  private void refuseStarted(Window window, History history) throws Failure {
    Optional<Manifest> newest = ledger.newest(window);
    if (newest.isPresent()) {
      String how = newest.orElseThrow().status().name().toLowerCase(Locale.ROOT);
      throw refused(window, "it is settled already, as " + how);
    }
    Keys keys = new Keys(job);
    if (history.pending().contains(window)
        || (!keys.parted() && destination.look(keys.file(window)).isPresent())) {
      throw refused(window, "a publication of it was begun; 'run' with '--window' completes it");
    }
  }

  private void recordGrid(History history, Instant now) throws Failure {
    if (job.windowing().isEmpty()) {
      return;
    }
    Plan plan = Planner.due(job, history, now, Mode.RUN);
    if (plan.problem().isPresent()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "cannot plan job '" + job.name() + "': " + plan.problem().orElseThrow());
    }
    if (history.grid().isEmpty() && plan.start().isPresent()) {
      ledger.recordGrid(
          new Grid(
              job.windowing().orElseThrow().every(), job.zone(), plan.start().orElseThrow(), now));
    }
  }

  private Failure refused(Window window, String why) {
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot skip window " + window + " of job '" + job.name() + "': " + why);
  }
}
