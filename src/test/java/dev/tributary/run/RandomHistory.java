package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.InMemoryDestination;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.Manifests;
import dev.tributary.query.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A life of one job at a store without locks, every chance drawn from one seed: hours go by, late
 * rows arrive, up to three writers run, redo windows, pause while the others go on, die anywhere,
 * and miss answers. Everything happens in one thread at a time: a rival comes in at a call of
 * another writer, and that one waits for its end.
 */
final class RandomHistory {

  static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
  private static final int WRITERS = 3;

  /** Where a writer dies. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super(null, null, false, false);
    }
  }

  private final Job job;
  private final Path folder;
  private final Connection duckdb;
  private final Memory memory;
  private final Random random;
  private final LateRooms source;
  private final InMemoryDestination store = new InMemoryDestination();
  private final Map<List<String>, Integer> editions = new HashMap<>();

  /** The edition that readers by manifest saw last. */
  private final Map<Window, Integer> seen = new HashMap<>();

  private int deaths;
  private int rivals;
  private int unchanged;
  private int replaced;
  private int writers;

  /** What a writer within a writer came upon. */
  private @Nullable Throwable wrong;

  RandomHistory(long seed, Job job, Path folder, Connection duckdb, Memory memory) {
    this.job = job;
    this.folder = folder;
    this.duckdb = duckdb;
    this.memory = memory;
    this.random = new Random(seed);
    this.source = new LateRooms(BEGIN, memory.allocator());
  }

  int deaths() {
    return deaths;
  }

  int rivals() {
    return rivals;
  }

  /** Revisits that found nothing new. */
  int unchanged() {
    return unchanged;
  }

  /** Revisits that found late rows. */
  int replaced() {
    return replaced;
  }

  /** Lives, and holds what is there against what readers were promised, after each event. */
  void live(int events) throws Exception {
    for (int event = 0; event < events; event++) {
      timeGoesBy();
      write(anyOrder(), random.nextInt(3) > 0);
      if (wrong != null) {
        throw new AssertionError(wrong.getMessage(), wrong);
      }
      readersByManifest();
      readersByListing();
    }
    settle();
  }

  private void timeGoesBy() {
    if (random.nextInt(3) == 0) {
      source.now = source.now.plus(Duration.ofMinutes(random.nextInt(200)));
    }
    for (int late = random.nextInt(4); late > 0; late--) {
      source.change(anyWindow());
    }
  }

  /** A window that has begun. */
  private Window anyWindow() {
    long hours = Duration.between(BEGIN, source.now).toHours() + 1;
    return hour((int) (hours - 1 - random.nextInt((int) Math.min(hours, 6))));
  }

  private static Window hour(int number) {
    Instant start = BEGIN.plus(Duration.ofHours(number));
    return new Window(start, start.plus(Duration.ofHours(1)));
  }

  private Order anyOrder() {
    Window window = anyWindow();
    return random.nextInt(3) == 0 || window.end().isAfter(source.now)
        ? Order.DUE
        : Order.of(List.of(window), Aim.REPLACE);
  }

  /** One writer's pass; where chance wants it, a rival comes in, an answer is lost, it dies. */
  private void write(Order order, boolean troubled) throws Exception {
    writers++;
    int rivalAt = troubled && writers < WRITERS ? 1 + random.nextInt(60) : 0;
    int diesAt = troubled && random.nextBoolean() ? 1 + random.nextInt(60) : 0;
    int missesAt = troubled && random.nextInt(3) == 0 ? 1 + random.nextInt(60) : 0;
    int[] calls = new int[1];
    PassReport report =
        WriterProcess.pass(
            job,
            source,
            new HookedDestination(
                Lockless.over(store),
                point -> {
                  int call = ++calls[0];
                  if (call == rivalAt) {
                    rivalComesIn();
                  }
                  if (call == missesAt) {
                    store.loseAnswers(1);
                  }
                  if (diesAt > 0 && call >= diesAt) {
                    deaths += call == diesAt ? 1 : 0;
                    throw new Death();
                  }
                }),
            memory,
            () -> source.now,
            order);
    store.loseAnswers(0);
    writers--;
    for (Outcome outcome : report.outcomes()) {
      if (outcome instanceof Outcome.Settled settled && order.windows().isEmpty()) {
        unchanged += settled.how() == Outcome.How.UNCHANGED ? 1 : 0;
        replaced += settled.how() == Outcome.How.REPLACED ? 1 : 0;
      }
    }
    boolean died = diesAt > 0 && calls[0] >= diesAt;
    if (!died) {
      assertThat(report.bugs()).isZero();
      assertThat(report.refusals()).isEmpty();
      assertThat(report.outcomes()).allSatisfy(RandomHistory::settledOrOutrun);
    }
  }

  private static void settledOrOutrun(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      assertThat(failed.failure().kind())
          .as(failed.failure().sentence())
          .isEqualTo(Failure.Kind.TRY_AGAIN);
    }
  }

  private void rivalComesIn() {
    rivals++;
    try {
      timeGoesBy();
      write(anyOrder(), random.nextBoolean());
    } catch (Exception | AssertionError e) {
      wrong = wrong == null ? e : wrong;
    }
  }

  /** In peace, everything due is settled and nothing is left over. */
  private void settle() throws Exception {
    write(Order.DUE, false);
    write(Order.DUE, false);
    Map<Window, Manifest> newest = readersByManifest();
    readersByListing();
    int ended = (int) Duration.between(BEGIN, source.now).toHours();
    assertThat(newest.keySet())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, ended).mapToObj(RandomHistory::hour).collect(Collectors.toList()));
    if (parted()) {
      // a late writer that died has left parts which nobody lists: the next attempt removes them
      for (int hour = 0; hour < ended; hour++) {
        write(Order.of(List.of(hour(hour)), Aim.REPLACE), false);
      }
      newest = readersByManifest();
    }
    assertThat(visible())
        .containsExactlyInAnyOrderElementsOf(
            newest.values().stream().flatMap(m -> m.files().stream()).map(this::key).toList());
    assertThat(ledger().pendingIntents()).isEmpty();
  }

  private String key(Manifest.DataFile file) {
    return file.key().value();
  }

  private Ledger ledger() {
    return Ledger.of(store, job.name(), () -> source.now);
  }

  private List<String> visible() {
    return store.keys().stream().filter(key -> !key.startsWith("_tributary/")).toList();
  }

  private boolean parted() {
    return !job.output().partitionBy().isEmpty();
  }

  /** Whether the next generation of the only file is there, and not yet its manifest. */
  private boolean replaced(Manifest manifest) throws Failure {
    return ledger().pendingIntents().stream()
        .anyMatch(
            intent ->
                intent.window().equals(manifest.attempt().window())
                    && intent.generation() > manifest.attempt().generation());
  }

  /**
   * The files that the newest manifest of a window lists are one edition of it, whole; and never an
   * older one than a generation before had.
   */
  private Map<Window, Manifest> readersByManifest() throws Exception {
    Map<Window, Manifest> newest = new HashMap<>();
    Manifests manifests = ledger().manifests();
    for (Optional<Manifest> next = manifests.next(); next.isPresent(); next = manifests.next()) {
      Manifest manifest = next.orElseThrow();
      Window window = manifest.attempt().window();
      newest.put(window, manifest);
      int edition = edition(manifest.files().stream().map(this::key).toList(), "" + window);
      if (parted() || !replaced(manifest)) {
        assertThat(manifest.content().rows())
            .as("rows of %s", manifest)
            .isEqualTo(LateRooms.rows(edition));
      }
      assertThat(edition)
          .as("edition of %s, generation %d", window, manifest.attempt().generation())
          .isLessThanOrEqualTo(source.edition(window))
          .isGreaterThanOrEqualTo(seen.getOrDefault(window, 0));
      seen.put(window, edition);
    }
    assertThat(newest.keySet()).as("windows once settled").containsAll(seen.keySet());
    return newest;
  }

  /** Who lists files sees each window of one file once, and each file is an edition, whole. */
  private void readersByListing() throws Exception {
    if (parted()) {
      return;
    }
    for (String key : visible()) {
      edition(List.of(key), key);
    }
    assertThat(visible()).hasSizeLessThanOrEqualTo((int) hoursBegun()).doesNotHaveDuplicates();
  }

  private long hoursBegun() {
    return Duration.between(BEGIN, source.now).toHours() + 1;
  }

  /** The one edition whose rows are in these files, all of them and no other. */
  private int edition(List<String> keys, String which) throws Exception {
    List<String> versions = new ArrayList<>();
    for (String key : keys) {
      versions.add(
          key
              + store
                  .look(new ObjectKey(key))
                  .orElseThrow(() -> new AssertionError(which + " lacks " + key))
                  .version());
    }
    Integer known = editions.get(versions);
    if (known == null) {
      known = keys.isEmpty() ? 0 : read(keys, which);
      editions.put(versions, known);
    }
    return known;
  }

  private int read(List<String> keys, String which) throws Exception {
    List<String> files = new ArrayList<>();
    for (String key : keys) {
      Path file = folder.resolve("f" + files.size() + ".parquet");
      Files.write(file, store.read(new ObjectKey(key)).orElseThrow());
      files.add("'" + file + "'");
    }
    try (Statement statement = duckdb.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*), count(DISTINCT time), coalesce(min(edition), 0),"
                    + " coalesce(max(edition), 0) FROM read_parquet(["
                    + String.join(", ", files)
                    + "])")) {
      assertThat(result.next()).isTrue();
      int edition = result.getInt(3);
      assertThat(result.getInt(4)).as("editions mixed in %s", which).isEqualTo(edition);
      assertThat(result.getLong(1)).as("rows of %s", which).isEqualTo(LateRooms.rows(edition));
      assertThat(result.getLong(2)).as("times of %s", which).isEqualTo(LateRooms.rows(edition));
      return edition;
    } catch (SQLException e) {
      throw new AssertionError("torn: " + which, e);
    }
  }
}
