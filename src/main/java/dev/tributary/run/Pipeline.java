package dev.tributary.run;

import dev.tributary.encode.Census;
import dev.tributary.encode.ResultSchema;
import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.SettledSchema;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import java.util.List;
import java.util.Optional;

/**
 * Carries one window of one job from query to manifest. The order of these lines is the durability
 * contract: look, query, encode, check, look again, publish, record. A crash between any two of
 * them leaves nothing that the next look does not complete or discard.
 *
 * <p>Safe for use by several threads, on windows that differ.
 */
public final class Pipeline {

  /** Rivals that may be met on one window before a try is given up. */
  private static final int ROUNDS = 4;

  private final Job job;
  private final Splitting splitting;
  private final Destination destination;
  private final Ledger ledger;
  private final Kit kit;
  private final Keys keys;
  private final Stamps stamps;
  private final Look look;

  Pipeline(Job job, BatchSource source, Destination destination, Ledger ledger, Kit kit) {
    this.job = job;
    this.splitting = new Splitting(job, source, kit);
    this.destination = destination;
    this.ledger = ledger;
    this.kit = kit;
    this.keys = new Keys(job);
    this.stamps = new Stamps(job, destination, kit);
    this.look = new Look(job, destination, ledger, kit, stamps, keys);
  }

  /**
   * Settles a window, once.
   *
   * @param aim what to do about a window that is settled already
   * @param listener hears of rows and of times
   * @throws Failure if it stays open; nothing of this try is visible then
   */
  Outcome.Settled execute(Window window, Aim aim, RunListener listener) throws Failure {
    Stopwatch watch = new Stopwatch();
    try {
      return execute(window, aim, listener, watch);
    } finally {
      watch.tell(listener, job.name(), window);
    }
  }

  private Outcome.Settled execute(Window window, Aim aim, RunListener listener, Stopwatch watch)
      throws Failure {
    for (int round = 0; round < ROUNDS; round++) {
      watch.enter(Stage.LOOK);
      Sight sight = look.at(window, aim);
      if (sight.settled().isPresent()) {
        return sight.settled().orElseThrow();
      }
      Optional<Outcome.Settled> settled =
          splitting.of(listener, source -> attempt(sight, source, aim, listener, watch));
      if (settled.isPresent()) {
        return settled.orElseThrow();
      }
    }
    throw new Failure(
        Failure.Kind.TRY_AGAIN,
        "cannot settle window "
            + window
            + " of job '"
            + job.name()
            + "': another writer was faster "
            + ROUNDS
            + " times and left no manifest; the window stays open");
  }

  /** One query, one publication; empty when a rival was faster and it is time to look again. */
  private Optional<Outcome.Settled> attempt(
      Sight sight, BatchSource source, Aim aim, RunListener listener, Stopwatch watch)
      throws Failure {
    watch.enter(Stage.QUERY);
    Attempt begun = kit.attempt(job, sight.window(), sight.generation() + 1);
    try (BatchStream batches = source.open(kit.request(job, sight.window()))) {
      ResultSchema result = ResultSchema.of(batches.schema(), job.output(), job.timeColumn());
      SettledSchema schema = ledger.settleSchema(result.present(), job.output().schema());
      Attempt attempt = begun.withSchema(schema.id());
      try (Draft draft = draft(sight, result, schema, attempt)) {
        Census census = new Census(job.expect());
        draft.encoder().count(census);
        long rows = 0;
        while (batches.next()) {
          rows += batches.rows();
          watch.enter(Stage.ENCODE);
          draft.encoder().write(batches.batch());
          listener.wrote(job.name(), sight.window(), rows);
          watch.enter(Stage.QUERY);
        }
        watch.enter(Stage.ENCODE);
        Content content = draft.encoder().finish();
        watch.enter(Stage.CHECK);
        new Checks(job, listener).hold(sight, attempt, content, census);
        Optional<Drift> drift = Optional.empty();
        if (aim == Aim.REVISIT && sight.newest().isPresent()) {
          drift = drift(sight, source, content);
          if (drift.isEmpty()) {
            return Optional.of(look.unchanged(sight, begun.began()));
          }
          look.refuseMoved(sight.window(), sight.newest());
          listener.drifted(job.name(), sight.window(), drift.orElseThrow());
        }
        watch.enter(Stage.PUBLISH);
        look.announce(sight, attempt);
        Destination.Lock lock = lock(sight.window(), listener);
        try {
          return publish(sight, attempt, schema, content, draft, drift, watch);
        } finally {
          lock.close();
        }
      }
    }
  }

  /**
   * What late data has changed; empty when nothing. Where the digests differ the rows decide, for
   * the last digits of sums vary from run to run. That takes a second answer, which only windows
   * that look changed cost.
   */
  private Optional<Drift> drift(Sight sight, BatchSource source, Content content) throws Failure {
    if (sight.holds(content)) {
      return Optional.empty();
    }
    Drift drift =
        new Comparison(job, source, destination, ledger, kit).against(sight.newest().orElseThrow());
    return drift.isNone() ? Optional.empty() : Optional.of(drift);
  }

  private Draft draft(Sight sight, ResultSchema result, SettledSchema schema, Attempt attempt)
      throws Failure {
    return keys.parted()
        ? new PartedDraft(
            job,
            destination,
            ledger,
            stamps,
            kit,
            keys.parts(sight.window()),
            result,
            schema,
            attempt)
        : new SingleDraft(job, destination, stamps, kit, sight, result, schema, attempt);
  }

  private Optional<Outcome.Settled> publish(
      Sight sight,
      Attempt attempt,
      SettledSchema schema,
      Content content,
      Draft draft,
      Optional<Drift> drift,
      Stopwatch watch)
      throws Failure {
    if (!look.unchangedSince(sight)) {
      return Optional.empty();
    }
    Optional<List<Manifest.DataFile>> files = draft.publish(sight, attempt, schema, content);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    watch.enter(Stage.MANIFEST);
    Manifest manifest =
        kit.manifest(job, attempt, schema.columns(), content, files.orElseThrow())
            .because(drift.map(Drift::summary));
    return Optional.of(look.recorded(ledger.commit(manifest), sight, manifest));
  }

  private Destination.Lock lock(Window window, RunListener listener) throws Failure {
    return destination.lock(
        job.name(),
        held ->
            listener.warned(
                job.name(),
                "window "
                    + window
                    + " waits to be published: "
                    + held
                    + "; nothing of this job is published until that process goes on or ends"));
  }
}
