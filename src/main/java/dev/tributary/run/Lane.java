package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.land.Destination;
import dev.tributary.ledger.Ledger;
import dev.tributary.query.BatchSource;

/**
 * A job with everything it runs on. Safe for use by several threads.
 *
 * @param ledger of this job, at its destination
 */
public record Lane(
    Job job, BatchSource source, Destination destination, Ledger ledger, Pipeline pipeline) {

  public static Lane of(
      Job job, BatchSource source, Destination destination, Ledger ledger, Kit kit) {
    return new Lane(
        job, source, destination, ledger, new Pipeline(job, source, destination, ledger, kit));
  }

  /** The same, its source's answers and silences counted by a circuit. */
  public Lane guarded(Circuit circuit, Kit kit) {
    return of(job, new GuardedSource(source, circuit, kit.clock()), destination, ledger, kit);
  }

  /** Removes what crashed writers left in staging. */
  public int sweep() throws Failure {
    return destination.sweep(new Keys(job).shape()::fits);
  }
}
