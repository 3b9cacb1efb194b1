package dev.tributary.run;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import dev.tributary.plan.Retention;
import dev.tributary.query.BatchSource;
import dev.tributary.query.Memory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every run of a process shares. Safe for use by several threads.
 *
 * @param memory the process's one budget; every stream and every row group reserves from it
 * @param clock our clock
 * @param attemptIds gives an id that no other attempt anywhere has
 * @param version of this program
 * @param pieces how much jobs may ask for at once
 */
public record Kit(
    Memory memory,
    InstantSource clock,
    Supplier<String> attemptIds,
    String version,
    PieceSizes pieces) {

  /** A kit that has learnt nothing yet. */
  public Kit(Memory memory, InstantSource clock, Supplier<String> attemptIds, String version) {
    this(memory, clock, attemptIds, version, new PieceSizes());
  }

  Attempt attempt(Job job, Window window, int generation) {
    return new Attempt(
        job.name(),
        window,
        generation,
        attemptIds.get(),
        job.hashes(),
        0,
        job.source().name() + " " + job.source().url(),
        clock.instant(),
        version);
  }

  /** The query of one window of a job. */
  public BatchSource.Request request(Job job, Window window) {
    return new BatchSource.Request(
        job.bucket(),
        job.query(),
        window,
        job.timeout(),
        job.missingTableIsEmpty(),
        job.keepMeasurement());
  }

  Manifest manifest(
      Job job,
      Attempt attempt,
      List<Column> columns,
      Content content,
      List<Manifest.DataFile> files) {
    return new Manifest(
        attempt,
        status(job, attempt, content),
        content,
        columns,
        files,
        clock.instant(),
        Optional.empty());
  }

  private static History.Status status(Job job, Attempt attempt, Content content) {
    if (Retention.of(job).filter(r -> r.hasCut(attempt.window(), attempt.began())).isPresent()) {
      return History.Status.CUT;
    }
    return content.rows() == 0 ? History.Status.EMPTY : History.Status.DONE;
  }
}
