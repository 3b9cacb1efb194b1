package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that a server refuses for their size, and gives in pieces. */
class SplittingTest {

  private final Path folder;
  private final Refuser server;

  SplittingTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.server = Refuser.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
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
        "S | {partition_by: [host], sort: [time]}",
        "I | format: parquet",
        "I | {format: arrow, partition_by: [host]}",
        "R | format: parquet",
      })
  void aMonthOfTooManyFilesIsAskedInPiecesAndHasTheSameRows(String query, String more)
      throws Exception {
    String keys =
        (query.equals("S") ? Refuser.SQL : query.equals("I") ? Refuser.INFLUXQL : Refuser.RAW)
            + ("R".equals(query) ? "\nbin: none" : "")
            + "\n"
            + more.replace("{", "")
                .replace("}", "")
                .replace(", format", "\nformat")
                .replace(", partition_by", "\npartition_by")
                .replace(", sort", "\nsort");
    Manifest whole = server.settled(server.job("whole", keys), source -> source).manifest();
    server.sandbox.change(Refuser.FILES);

    Manifest split = server.settled(server.job("split", keys), source -> source).manifest();

    // 30 days, 15, 7.5 and 3.75; what follows is asked for in the size that was learnt
    assertThat(server.refusals)
        .hasSize(4)
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
    String keys = Refuser.RAW + "\nbin: none\n" + more;
    Manifest whole = server.settled(server.job("whole", keys), source -> source).manifest();
    server.sandbox.change(Refuser.HEALTHY.withMemoryLimit(300_000).exhaustedAfter(1));
    Job job = server.job("split", keys);
    List<Long> written = new ArrayList<>();

    Manifest split =
        server
            .settled(
                job,
                source -> source,
                server.new Cuts() {
                  @Override
                  public void wrote(JobName name, Window window, long rows) {
                    written.add(rows);
                  }
                })
            .manifest();

    assertThat(server.refusals).isNotEmpty().allMatch(f -> f.kind() == Failure.Kind.TOO_LARGE);
    assertThat(server.refusals.get(0).sentence()).contains("Resources exhausted");
    assertThat(written)
        .as("rows came before a refusal, and were thrown away")
        .isNotEqualTo(written.stream().sorted().toList());
    assertThat(split.content()).isEqualTo(whole.content());
    assertThat(new Lake(folder.resolve("split")).staged()).isEmpty();
    assertThat(new Lake(folder.resolve("split")).visible()).hasSameSizeAs(split.files());
  }

  @Test
  void aMemoryRefusalBeforeAnyRowIsMetOnTheSpot() throws Exception {
    Manifest whole = server.settled(server.job("whole", Refuser.SQL), source -> source).manifest();
    server.sandbox.change(Refuser.HEALTHY.withMemoryLimit(300_000));

    assertThat(
            server.settled(server.job("split", Refuser.SQL), source -> source).manifest().content())
        .isEqualTo(whole.content());
    assertThat(server.refusals).isNotEmpty();
  }

  @Test
  void aDeadlineSplitsAFewTimesAndTheNextTryBeginsThere() throws Exception {
    Manifest whole = server.settled(server.job("whole", Refuser.SQL), source -> source).manifest();
    Job job = server.job("split", Refuser.SQL);
    Kit kit = Refuser.kit();

    Failure slow = server.failure(job, source -> new Slow(source, Duration.ofDays(1)), kit);
    assertThat(slow.kind()).isEqualTo(Failure.Kind.TOO_SLOW);
    assertThat(slow.kind().retryable()).isTrue();
    assertThat(slow.sentence()).isEqualTo(Slow.SENTENCE);
    assertThat(server.cuts).hasSize(3);

    Outcome.Settled settled =
        Refuser.settled(
            job, source -> new Slow(source, Duration.ofDays(1)), server.new Cuts(), kit);
    assertThat(settled.manifest().content()).isEqualTo(whole.content());
  }

  @Test
  void theSizeThatWorkedIsRememberedForTheNextWindow() throws Exception {
    server.sandbox.change(Refuser.FILES);
    Job job = server.job("split", Refuser.SQL.replace("cpu WHERE", "cpu WHERE usage_user > 0 AND"));
    Kit kit = Refuser.kit();
    Refuser.settled(job, source -> source, server.new Cuts(), kit);
    int before = server.cuts.size();
    Window march = new Window(Instant.parse("2022-03-01T00:00:00Z"), Refuser.APRIL.start());

    try (Refuser.Rig rig = new Refuser.Rig(job, source -> source, kit)) {
      rig.lane().pipeline().execute(march, Aim.SETTLE, server.new Cuts());
      rig.lane().pipeline().execute(Refuser.APRIL, Aim.REPLACE, server.new Cuts());
    }

    assertThat(before).isPositive();
    assertThat(server.cuts).as("no further refusal").hasSize(before);
  }

  @Test
  void aSecondLookAtASplitWindowComparesItInPieces() throws Exception {
    server.sandbox.change(Refuser.FILES);
    Job job = server.job("split", Refuser.SQL);
    server.settled(job, source -> source);
    Job means = server.job("split", Refuser.SQL.replace("max(usage_user)", "max(usage_user) + 1"));
    List<Drift> drifts = new ArrayList<>();

    try (Refuser.Rig rig = new Refuser.Rig(means, source -> source, Refuser.kit())) {
      Outcome.Settled again =
          rig.lane()
              .pipeline()
              .execute(
                  Refuser.APRIL,
                  Aim.REVISIT,
                  server.new Cuts() {
                    @Override
                    public void drifted(JobName name, Window window, Drift drift) {
                      drifts.add(drift);
                    }
                  });
      assertThat(again.how()).isEqualTo(Outcome.How.REPLACED);
      assertThat(new Comparison(rig.lane(), Refuser.kit()).of(Refuser.APRIL).isNone()).isTrue();
    }
    assertThat(drifts).singleElement().extracting(Drift::after).isEqualTo(3L * 30 * 24);
  }

  /** A source that takes too long for windows beyond a length. */
  record Slow(BatchSource source, Duration longest) implements BatchSource {

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
}
