package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.land.LocalDestination;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import dev.tributary.query.FlightSource;
import dev.tributary.query.Memory;
import dev.tributary.sandbox.CpuSample;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that a real server refuses for their size, over Arrow Flight. */
class SplittingTest {

  private static final Instant NOW = Instant.parse("2022-05-01T06:00:00Z");
  private static final Window APRIL =
      new Window(Instant.parse("2022-04-01T00:00:00Z"), Instant.parse("2022-05-01T00:00:00Z"));
  private static final SandboxSettings HEALTHY =
      SandboxSettings.standard().withClock(InstantSource.fixed(NOW));

  /** Three days of the month. */
  private static final SandboxSettings FILES =
      HEALTHY.withFileLimit(72, Duration.ofHours(1));

  private static final String SQL =
      "sql: SELECT DATE_BIN(INTERVAL '1 hour', time) AS time, host, max(usage_user) AS top,"
          + " sum(processes) AS processes FROM cpu WHERE time >= $start AND time < $end"
          + " GROUP BY 1, host ORDER BY 1, host";
  private static final String RAW =
      "sql: SELECT time, host, usage_user, processes FROM cpu"
          + " WHERE time >= $start AND time < $end ORDER BY time, host";
  private static final String INFLUXQL =
      "influxql: SELECT max(usage_user) AS top, sum(processes) AS processes FROM cpu"
          + " WHERE time >= $start AND time < $end GROUP BY time(1h), host fill(none)";

  private static Sandbox sandbox;

  private final Path folder;
  private final List<Window> cuts = new ArrayList<>();
  private final List<Failure> refusals = new ArrayList<>();

  SplittingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(HEALTHY);
    sandbox.loadCpu(
        "home", new CpuSample(3, APRIL.start(), Duration.ofDays(30), Duration.ofMinutes(10), 7));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void heal() {
    sandbox.change(HEALTHY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "S | format: parquet",
        "S | format: arrow",
        "S | partition_by: [host]",
        "S | {partition_by: [host], format: arrow}",
        "S | sort: [time, host]",
        "S | {partition_by: [host], sort: [host, time]}",
        "I | format: parquet",
        "I | {format: arrow, partition_by: [host]}",
        "R | format: parquet",
      })
  void aMonthOfTooManyFilesIsAskedInPiecesAndHasTheSameRows(String query, String more)
      throws Exception {
    String keys =
        (query.equals("S") ? SQL : query.equals("I") ? INFLUXQL : RAW)
            + ("R".equals(query) ? "\nbin: none" : "")
            + "\n"
            + more.replace("{", "").replace("}", "").replace(", format", "\nformat")
                .replace(", partition_by", "\npartition_by").replace(", sort", "\nsort");
    Manifest whole = settled(job("whole", keys), source -> source).manifest();
    sandbox.change(FILES);

    Manifest split = settled(job("split", keys), source -> source).manifest();

    assertThat(refusals)
        .hasSizeGreaterThan(10)
        .allMatch(failure -> failure.kind() == Failure.Kind.TOO_LARGE)
        .allMatch(failure -> failure.sentence().contains("exceed file limit of 72 parquet files"));
    assertThat(split.content()).isEqualTo(whole.content());
    assertThat(split.content().rows()).isEqualTo("R".equals(query) ? 3 * 30 * 144 : 3 * 30 * 24);
    assertThat(split.files()).hasSameSizeAs(whole.files());
    assertThat(split.columns()).isEqualTo(whole.columns());
    if (!more.contains("arrow")) {
      assertThat(rowsOfOneOnly("whole", "split") + rowsOfOneOnly("split", "whole")).isZero();
    }
  }

  private long rowsOfOneOnly(String lake, String other) throws Exception {
    return Lake.number(
        "SELECT count(*) FROM (SELECT * FROM read_parquet('%1$s/%2$s/**/*.parquet') EXCEPT ALL SELECT * FROM read_parquet('%1$s/%3$s/**/*.parquet'))"
            .formatted(folder, lake, other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"format: parquet", "format: arrow", "partition_by: [host]"})
  void aRefusalInTheMidstOfRowsBeginsTheFileAgain(String more) throws Exception {
    String keys = RAW + "\nbin: none\n" + more;
    Manifest whole = settled(job("whole", keys), source -> source).manifest();
    sandbox.change(HEALTHY.withMemoryLimit(300_000).exhaustedAfter(1));
    Job job = job("split", keys);
    List<Long> written = new ArrayList<>();

    Manifest split =
        settled(
                job,
                source -> source,
                new Cuts() {
                  @Override
                  public void wrote(JobName name, Window window, long rows) {
                    written.add(rows);
                  }
                })
            .manifest();

    assertThat(refusals).isNotEmpty().allMatch(f -> f.kind() == Failure.Kind.TOO_LARGE);
    assertThat(refusals.get(0).sentence()).contains("Resources exhausted");
    assertThat(written).as("rows came before a refusal, and were thrown away").isNotSorted();
    assertThat(split.content()).isEqualTo(whole.content());
    assertThat(new Lake(folder.resolve("split")).staged()).isEmpty();
    assertThat(new Lake(folder.resolve("split")).visible()).hasSameSizeAs(split.files());
  }

  @Test
  void aMemoryRefusalBeforeAnyRowIsMetOnTheSpot() throws Exception {
    Manifest whole = settled(job("whole", SQL), source -> source).manifest();
    sandbox.change(HEALTHY.withMemoryLimit(300_000));

    assertThat(settled(job("split", SQL), source -> source).manifest().content())
        .isEqualTo(whole.content());
    assertThat(refusals).isNotEmpty();
  }

  @Test
  void aDeadlineSplitsAFewTimesAndTheNextTryBeginsThere() throws Exception {
    Manifest whole = settled(job("whole", SQL), source -> source).manifest();
    Job job = job("split", SQL);
    Kit kit = kit();

    Failure slow = failure(job, source -> new Slow(source, Duration.ofDays(1)), kit);
    assertThat(slow.kind()).isEqualTo(Failure.Kind.TOO_SLOW);
    assertThat(slow.kind().retryable()).isTrue();
    assertThat(slow.sentence()).isEqualTo(Slow.SENTENCE);
    assertThat(cuts).hasSize(3);

    Outcome.Settled settled =
        settled(job, source -> new Slow(source, Duration.ofDays(1)), new Cuts(), kit);
    assertThat(settled.manifest().content()).isEqualTo(whole.content());
  }

  @Test
  void theSizeThatWorkedIsRememberedForTheNextWindow() throws Exception {
    sandbox.change(FILES);
    Job job = job("split", SQL.replace("cpu WHERE", "cpu WHERE usage_user > 0 AND"));
    Kit kit = kit();
    settled(job, source -> source, new Cuts(), kit);
    int before = cuts.size();
    Window march = new Window(Instant.parse("2022-03-01T00:00:00Z"), APRIL.start());

    try (Rig rig = new Rig(job, source -> source, kit)) {
      rig.lane().pipeline().execute(march, Aim.SETTLE, new Cuts());
      rig.lane().pipeline().execute(APRIL, Aim.REPLACE, new Cuts());
    }

    assertThat(before).isPositive();
    assertThat(cuts).as("no further refusal").hasSize(before);
  }

  @Test
  void aSecondLookAtASplitWindowComparesItInPieces() throws Exception {
    sandbox.change(FILES);
    Job job = job("split", SQL);
    settled(job, source -> source);
    Job means = job("split", SQL.replace("max(usage_user)", "max(usage_user) + 1"));
    List<Drift> drifts = new ArrayList<>();

    try (Rig rig = new Rig(means, source -> source, kit())) {
      Outcome.Settled again =
          rig.lane()
              .pipeline()
              .execute(
                  APRIL,
                  Aim.REVISIT,
                  new Cuts() {
                    @Override
                    public void drifted(JobName name, Window window, Drift drift) {
                      drifts.add(drift);
                    }
                  });
      assertThat(again.how()).isEqualTo(Outcome.How.REPLACED);
      assertThat(new Comparison(rig.lane(), kit()).of(APRIL).isNone()).isTrue();
    }
    assertThat(drifts).singleElement().extracting(Drift::after).isEqualTo(3L * 30 * 24);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GROUP BY 1, host ORDER BY 1 LIMIT 100000 | because its query has LIMIT, which counts rows over all bins: cannot query",
        "GROUP BY 1, host UNION ALL SELECT time, host, usage_user, processes FROM cpu WHERE time >= $start AND time < $end | because its query has UNION",
        "AND usage_user > (SELECT avg(usage_user) FROM cpu WHERE time >= $start AND time < $end) GROUP BY 1, host | because its query has a subquery behind '>'",
      })
  void aQueryWhoseRowsHaveToDoWithEachOtherIsRefusedByNameAndNothingIsPublished(
      String end, String why) throws Exception {
    sandbox.change(FILES);
    Job job = job("split", SQL.replace("GROUP BY 1, host ORDER BY 1, host", end));

    Failure failure = failure(job, source -> source, kit());

    assertThat(failure.kind()).isEqualTo(Failure.Kind.TOO_LARGE);
    assertThat(failure.sentence())
        .startsWith("cannot split window [2022-04-01T00:00:00Z, 2022-05-01T00:00:00Z) of job 'cpu' ")
        .contains(why)
        .contains("exceed file limit of 72 parquet files")
        .contains("'split: always' insists");
    assertThat(cuts).isEmpty();
    assertThat(new Lake(folder.resolve("split")).visible()).isEmpty();
  }

  @Test
  void anOrderThatDoesNotBeginWithTheTimeIsNoOrderOfPieces() throws Exception {
    sandbox.change(FILES);
    String byHost = SQL.replace("ORDER BY 1, host", "ORDER BY host, 1") + "\nsort: [host, time]";

    assertThat(failure(job("split", byHost), source -> source, kit()).sentence())
        .contains("because 'sort' claims an order by 'host' before the time");
    assertThat(
            failure(job("split", byHost + "\nsplit: always"), source -> source, kit()).sentence())
        .contains("sorts before the row above it");
  }

  @Test
  void whoInsistsIsObeyed() throws Exception {
    String limited = SQL + " LIMIT 100000";
    Manifest whole = settled(job("whole", limited), source -> source).manifest();
    sandbox.change(FILES);

    Manifest split = settled(job("split", limited + "\nsplit: always"), source -> source).manifest();

    assertThat(cuts).isNotEmpty();
    assertThat(split.content()).isEqualTo(whole.content());
  }

  @Test
  void neverMeansNever() throws Exception {
    sandbox.change(FILES);
    Failure failure = failure(job("split", SQL + "\nsplit: never"), source -> source, kit());

    assertThat(failure.kind()).isEqualTo(Failure.Kind.TOO_LARGE);
    assertThat(failure.sentence()).startsWith("cannot query bucket 'home' at source 'plant'");
    assertThat(cuts).isEmpty();
  }

  @Test
  void withoutABinTheOperatorIsToldWhatToSet() throws Exception {
    sandbox.change(FILES);

    assertThat(failure(job("split", RAW), source -> source, kit()).sentence())
        .contains("because its bin is not known")
        .contains("say with 'window.bin' how long it is, or 'none' where rows are not binned");
  }

  @Test
  void oneBinThatIsTooLargeIsNamed() throws Exception {
    sandbox.change(HEALTHY.withFileLimit(5, Duration.ofHours(1)));
    Job job = job("split", SQL.replace("1 hour", "6 hours"));

    assertThat(failure(job, source -> source, kit()).sentence())
        .contains("because [2022-04-01T00:00:00Z, 2022-04-01T06:00:00Z) is one bin already");
    assertThat(cuts).hasSize(7);
  }

  @Test
  void anotherErrorNeverSplits() throws Exception {
    long before = sandbox.queries();
    Job wrong = job("split", SQL.replace("usage_user", "no_such_column"));
    assertThat(failure(wrong, source -> source, kit()).kind()).isEqualTo(Failure.Kind.REFUSED);
    sandbox.change(HEALTHY.breakingOffAfter(1));
    Job broken = job("split", RAW + "\nbin: none");
    assertThat(failure(broken, source -> source, kit()).kind())
        .isEqualTo(Failure.Kind.UNREACHABLE);

    assertThat(cuts).isEmpty();
    assertThat(sandbox.queries() - before).isEqualTo(2);
  }

  /** A source that takes too long for windows beyond a length. */
  private record Slow(BatchSource source, Duration longest) implements BatchSource {

    static final String SENTENCE =
        "cannot query bucket 'home' at source 'plant': no complete answer within 5m; raise it";

    @Override
    public BatchStream open(Request request) throws Failure {
      Window window = request.window();
      if (Duration.between(window.start(), window.end()).compareTo(longest) > 0) {
        throw new Failure(Failure.Kind.TOO_SLOW, SENTENCE);
      }
      return source.open(request);
    }

    @Override
    public Instant now(String bucket) throws Failure {
      return source.now(bucket);
    }

    @Override
    public void close() {}
  }

  private class Cuts implements RunListener {
    @Override
    public void split(JobName job, Window window, Window earlier, Window later, Failure refusal) {
      assertThat(earlier.end()).isEqualTo(later.start());
      cuts.add(earlier);
      refusals.add(refusal);
    }
  }

  private interface Through {
    BatchSource of(BatchSource source);
  }

  private record Rig(Memory memory, BatchSource source, Destination lake, Lane lane)
      implements AutoCloseable {

    Rig(Job job, Through through, Kit kit) throws Failure {
      this(job, through, kit, FlightSource.open(job.source(), secret -> "", kit.memory()));
    }

    private Rig(Job job, Through through, Kit kit, BatchSource source) throws Failure {
      this(job, kit, through.of(source), source, LocalDestination.open(job.target().destination()));
    }

    private Rig(Job job, Kit kit, BatchSource asked, BatchSource source, Destination lake) {
      this(
          kit.memory(),
          source,
          lake,
          Lane.of(job, asked, lake, Ledger.of(lake, job.name(), kit.clock()), kit));
    }

    @Override
    public void close() {
      lake.close();
      source.close();
    }
  }

  private static Kit kit() {
    return new Kit(
        new Memory(256L << 20),
        InstantSource.fixed(NOW),
        () -> "attempt" + System.nanoTime(),
        "test");
  }

  private Outcome.Settled settled(Job job, Through through) throws Exception {
    return settled(job, through, new Cuts());
  }

  private Outcome.Settled settled(Job job, Through through, RunListener listener)
      throws Exception {
    return settled(job, through, listener, kit());
  }

  private static Outcome.Settled settled(
      Job job, Through through, RunListener listener, Kit kit) throws Exception {
    try (Rig rig = new Rig(job, through, kit)) {
      return rig.lane().pipeline().execute(APRIL, Aim.SETTLE, listener);
    }
  }

  private Failure failure(Job job, Through through, Kit kit) throws Exception {
    try (Rig rig = new Rig(job, through, kit)) {
      return catchThrowableOfType(
          Failure.class,
          () -> rig.lane().pipeline().execute(APRIL, Aim.SETTLE, new Cuts()));
    }
  }

  /** A job whose windows are months; {@code bin:} among its keys is the window's. */
  private Job job(String lake, String keys) throws Exception {
    String bin = keys.contains("\nbin: none") ? ", bin: none" : "";
    String yaml =
        """
        sources:
          plant: {url: '%s'}
        destinations:
          lake: {url: '%s'}
        jobs:
          cpu:
            source: plant
            bucket: home
            window: {every: 1mo, start: 2022-03-01%s}
            retries: 0
            destination: {to: lake}
            %s
        """
            .formatted(
                sandbox.url(),
                Definition.url(folder.resolve(lake)),
                bin,
                keys.replace("\nbin: none", "").replace("\n", "\n    "));
    return Definition.only(folder.resolve("config-" + lake), yaml);
  }
}
