package dev.tributary.ledger;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Output.SchemaPolicy;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is done of one job and what is not, kept beside its data. A manifest that was created is
 * never changed; everything else is a record of intent or a hint. Reading writes nothing.
 *
 * <p>Safe for use by several threads; several processes settle who was first by creating records
 * only where none is.
 */
public final class Ledger {

  /** How far two clocks may disagree before a look is made twice. */
  private static final Duration SKEW = Duration.ofHours(1);

  private final Destination destination;
  private final JobName job;
  private final InstantSource clock;
  private final Records records;
  private final LedgerKeys keys;
  private final GridBook grids;
  private final SchemaBook schemas;
  private final FailureBook failures;
  private final IntentBook intents;
  private final SnapshotBook snapshots;
  private volatile Instant looked = Instant.EPOCH;

  private Ledger(Destination destination, JobName job, InstantSource clock) {
    this.destination = destination;
    this.job = job;
    this.clock = clock;
    this.records = new Records(destination);
    this.keys = new LedgerKeys(job);
    this.grids = new GridBook(records, keys, job);
    this.schemas = new SchemaBook(records, keys, job);
    this.failures = new FailureBook(records, keys);
    this.intents = new IntentBook(records, keys);
    this.snapshots = new SnapshotBook(records, keys);
  }

  /**
   * The ledger of a job at a destination; nothing is read or written yet.
   *
   * @throws IllegalArgumentException if the job is called {@code staging}
   */
  public static Ledger of(Destination destination, JobName job, InstantSource clock) {
    return new Ledger(destination, job, clock);
  }

  /** Where everything that a ledger records of a job lies. */
  public static ObjectKey folder(JobName job) {
    return new LedgerKeys(job).folder();
  }

  /** The jobs that a destination knows of, ascending. */
  public static List<JobName> jobs(Destination destination) throws Failure {
    List<JobName> jobs = new ArrayList<>();
    for (String name : destination.folders(LedgerKeys.ROOT)) {
      if (JobName.isWellFormed(name) && !name.equals(LedgerKeys.STAGING)) {
        jobs.add(new JobName(name));
      }
    }
    return jobs;
  }

  /**
   * What is known of the job, by the index and what came after it: at most five listings and reads,
   * and one more for each window that the index does not reach. A window that it lacks may be
   * settled all the same: {@link #newest} tells.
   */
  public History history() throws Failure {
    Instant began = clock.instant();
    History history = new HistoryReading(records, keys, grids, failures).read(began);
    looked = began;
    return history;
  }

  /** Writes down what is known, so that the next reading is short; losing it costs nothing. */
  public void writeIndex(History history) throws Failure {
    Index index =
        new Index(
            history.committed(), Index.counting(history, clock.instant()), looked.minus(SKEW));
    records.overwrite(keys.index(), IndexJson.write(index, schemas.newest().id()));
  }

  /** The grid as first recorded, if it was. */
  public Optional<Grid> grid() throws Failure {
    return grids.recorded();
  }

  /**
   * Records the grid if none is recorded yet.
   *
   * @return the recorded one, whose start may differ from the wanted one's
   * @throws Failure of kind {@code CONFIGURATION} if length or zone differ from the recorded ones
   */
  public Grid recordGrid(Grid wanted) throws Failure {
    return grids.record(wanted);
  }

  /** The highest generation's manifest, asked of the destination now. */
  public Optional<Manifest> newest(Window window) throws Failure {
    Optional<Manifest> newest = manifest(window, 1);
    while (newest.isPresent()) {
      Optional<Manifest> next = manifest(window, newest.get().attempt().generation() + 1);
      if (next.isEmpty()) {
        return newest;
      }
      newest = next;
    }
    return newest;
  }

  /** The manifest of one generation of a window. */
  public Optional<Manifest> manifest(Window window, int generation) throws Failure {
    return readManifest(records, keys.manifest(window, generation));
  }

  /** The newest manifests of windows that start in {@code [from, to)}. */
  public Manifests manifests(Instant from, Instant to) throws Failure {
    Map<Window, ObjectKey> newest = new TreeMap<>();
    List<StoredObject> listed =
        records.list(keys.windows(), keys.windowsFrom(from), keys.windowsFrom(to));
    for (StoredObject object : listed) {
      // generations of a window follow each other
      LedgerKeys.named(object.key()).ifPresent(named -> newest.put(named.window(), object.key()));
    }
    return new Manifests(records, List.copyOf(newest.values()));
  }

  /** The newest manifests of all windows. */
  public Manifests manifests() throws Failure {
    return manifests(Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));
  }

  static Optional<Manifest> readManifest(Records records, ObjectKey key) throws Failure {
    return records.read(
        key,
        fields -> {
          Manifest manifest = ManifestJson.read(fields);
          Attempt attempt = manifest.attempt();
          ObjectKey told =
              new LedgerKeys(attempt.job()).manifest(attempt.window(), attempt.generation());
          if (!told.equals(key)) {
            throw new UnreadableRecord("it is the manifest that belongs at '" + told + "'");
          }
          return manifest;
        });
  }

  /**
   * Creates a generation's manifest if there is none. An answer that was lost is settled by
   * looking.
   *
   * @throws Failure if no manifest stands
   */
  public CommitResult commit(Manifest manifest) throws Failure {
    Attempt attempt = manifest.attempt();
    ObjectKey key = keys.manifest(attempt.window(), attempt.generation());
    if (records.create(key, ManifestJson.write(manifest))) {
      return new CommitResult.Ours(manifest);
    }
    Manifest there =
        readManifest(records, key)
            .orElseThrow(
                () ->
                    new Failure(
                        Kind.TRY_AGAIN,
                        "cannot commit "
                            + attempt.window()
                            + " of '"
                            + job
                            + "': '"
                            + destination.address(key)
                            + "' came and went; run it again"));
    return there.attempt().id().equals(attempt.id())
        ? new CommitResult.Ours(there)
        : new CommitResult.Rivals(there);
  }

  /** Writes a damaged manifest again, made from the file that it is the receipt of. */
  public void recordAgain(Manifest manifest) throws Failure {
    new Mending(destination, records, keys).recordAgain(manifest);
  }

  /** Takes a damaged manifest out of the way, so that its window is open again; it is kept. */
  public void setAside(Window window, int generation) throws Failure {
    new Mending(destination, records, keys).setAside(window, generation);
  }

  /** The newest schema; {@link SettledSchema#NONE} if no file was ever written. */
  public SettledSchema newestSchema() throws Failure {
    return schemas.newest();
  }

  /**
   * Settles the columns of a file before its first row is written. A column that the result lacks
   * stays and becomes nullable; a new one comes last; one of type {@code null} counts as lacking.
   *
   * @param result the result's columns; none when the source could not tell them
   * @throws Failure of kind {@code REFUSED} if a type changed, or a column is new and the schema
   *     frozen
   */
  public SettledSchema settleSchema(List<Column> result, SchemaPolicy policy) throws Failure {
    return schemas.settle(result, policy);
  }

  /** Counts a window's failure, as well as the destination lets us; never throws. */
  public History.Failed recordFailure(
      Window window, Failure failure, String queryHash, Instant now) {
    return failures.record(window, failure, queryHash, now);
  }

  /** Forgets a window's failures, once it is settled; never throws. */
  public void clearFailure(Window window) {
    failures.clear(window);
  }

  /** Last failures by the window's start, also of windows that were settled since. */
  public Map<Instant, History.Failed> failures() throws Failure {
    return failures.all();
  }

  /** Says that an attempt sets out to publish its generation; the first to say so stays. */
  public Intent beginReplacement(Attempt attempt) throws Failure {
    return intents.begin(attempt);
  }

  /**
   * Says what files an attempt sets out to publish, in place of an attempt that did not get
   * through.
   *
   * @param planned the manifest to be, its files without versions
   * @return false when a rival said something else in the meantime
   */
  public boolean beginPublication(Manifest planned, Optional<Intent> over) throws Failure {
    return intents.begin(planned, over);
  }

  /** What somebody set out to publish as this generation of a window. */
  public Optional<Intent> intent(Window window, int generation) throws Failure {
    return intents.read(window, generation);
  }

  /** Publications that were begun and not ended, settled ones included. */
  public List<Intent> pendingIntents() throws Failure {
    return intents.all();
  }

  /** Removes an intent whose generation, or a higher one, is settled. */
  public void endReplacement(Window window, int generation) throws Failure {
    intents.end(window, generation);
  }

  /** Remembers that a settled window was looked at again, so long after its end, and stays. */
  public void recordLook(Window window, Duration age) throws Failure {
    Instant now = clock.instant();
    records.create(keys.look(now, window, age), Records.begin().put("at", now.toString()));
  }

  /**
   * The instant of a definition's newest snapshot, in whole seconds.
   *
   * @param candidate recorded and returned if there is none yet
   */
  public Instant snapshotInstant(String definitionHash, Instant candidate) throws Failure {
    return snapshots.newestOr(definitionHash, candidate);
  }

  /** Records one more instant for a definition, the latest; a rival's if it was faster. */
  public Instant newSnapshotInstant(String definitionHash, Instant candidate) throws Failure {
    return snapshots.another(definitionHash, candidate);
  }
}
