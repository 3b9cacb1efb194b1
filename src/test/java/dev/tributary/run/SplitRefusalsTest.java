package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.ledger.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows that a server refuses for their size, and that must not be asked for in pieces. */
class SplitRefusalsTest {

  private final Path folder;
  private final Refuser server;

  SplitRefusalsTest(@TempDir Path folder) throws Exception {
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
        "GROUP BY 1, host ORDER BY 1 LIMIT 100000 | because its query has LIMIT, which counts rows over all bins: cannot query",
        "GROUP BY 1, host UNION ALL SELECT time, host, usage_user, processes FROM cpu WHERE time >= $start AND time < $end | because its query has UNION",
        "AND usage_user > (SELECT avg(usage_user) FROM cpu WHERE time >= $start AND time < $end) GROUP BY 1, host | because its query has a subquery behind '>'",
      })
  void aQueryWhoseRowsHaveToDoWithEachOtherIsRefusedByNameAndNothingIsPublished(
      String end, String why) throws Exception {
    server.sandbox.change(Refuser.FILES);
    Job job = server.job("split", Refuser.SQL.replace("GROUP BY 1, host ORDER BY 1, host", end));

    Failure failure = server.failure(job, source -> source, Refuser.kit());

    assertThat(failure.kind()).isEqualTo(Failure.Kind.TOO_LARGE);
    assertThat(failure.sentence())
        .startsWith(
            "cannot split window [2022-04-01T00:00:00Z, 2022-05-01T00:00:00Z) of job 'cpu' ")
        .contains(why)
        .contains("exceed file limit of 72 parquet files")
        .contains("'split: always' insists");
    assertThat(server.cuts).isEmpty();
    assertThat(new Lake(folder.resolve("split")).visible()).isEmpty();
  }

  @Test
  void anOrderThatDoesNotBeginWithTheTimeIsNoOrderOfPieces() throws Exception {
    server.sandbox.change(Refuser.FILES);
    String byHost =
        Refuser.SQL.replace("ORDER BY 1, host", "ORDER BY host, 1") + "\nsort: [host, time]";

    assertThat(
            server.failure(server.job("split", byHost), source -> source, Refuser.kit()).sentence())
        .contains("because 'sort' claims an order by 'host' before the time");
    assertThat(
            server
                .failure(
                    server.job("split", byHost + "\nsplit: always"),
                    source -> source,
                    Refuser.kit())
                .sentence())
        .contains("sorts before the row above it");
  }

  @Test
  void whoInsistsIsObeyed() throws Exception {
    String limited = Refuser.SQL + " LIMIT 100000";
    Manifest whole = server.settled(server.job("whole", limited), source -> source).manifest();
    server.sandbox.change(Refuser.FILES);

    Manifest split =
        server
            .settled(server.job("split", limited + "\nsplit: always"), source -> source)
            .manifest();

    assertThat(server.cuts).isNotEmpty();
    assertThat(split.content()).isEqualTo(whole.content());
  }

  @Test
  void neverMeansNever() throws Exception {
    server.sandbox.change(Refuser.FILES);
    Failure failure =
        server.failure(
            server.job("split", Refuser.SQL + "\nsplit: never"), source -> source, Refuser.kit());

    assertThat(failure.kind()).isEqualTo(Failure.Kind.TOO_LARGE);
    assertThat(failure.sentence()).startsWith("cannot query bucket 'home' at source 'plant'");
    assertThat(server.cuts).isEmpty();
  }

  @Test
  void withoutABinTheOperatorIsToldWhatToSet() throws Exception {
    server.sandbox.change(Refuser.FILES);

    assertThat(
            server
                .failure(server.job("split", Refuser.RAW), source -> source, Refuser.kit())
                .sentence())
        .contains("because its bin is not known")
        .contains("say with 'window.bin' how long it is, or 'none' where rows are not binned");
  }

  @Test
  void oneBinThatIsTooLargeIsNamed() throws Exception {
    server.sandbox.change(Refuser.HEALTHY.withFileLimit(5, Duration.ofHours(1)));
    Job job = server.job("split", Refuser.SQL.replace("1 hour", "6 hours"));

    assertThat(server.failure(job, source -> source, Refuser.kit()).sentence())
        .contains("because [2022-04-01T00:00:00Z, 2022-04-01T06:00:00Z) is one bin already");
    // of 120 bins 60, 30, 15, 7, 3, 1
    assertThat(server.cuts).hasSize(6);
  }

  @Test
  void anotherErrorNeverSplits() throws Exception {
    long before = server.sandbox.queries();
    Job wrong = server.job("split", Refuser.SQL.replace("usage_user", "no_such_column"));
    assertThat(server.failure(wrong, source -> source, Refuser.kit()).kind())
        .isEqualTo(Failure.Kind.REFUSED);
    server.sandbox.change(Refuser.HEALTHY.breakingOffAfter(1));
    Job broken = server.job("split", Refuser.RAW + "\nbin: none");
    assertThat(server.failure(broken, source -> source, Refuser.kit()).kind())
        .isEqualTo(Failure.Kind.UNREACHABLE);

    assertThat(server.cuts).isEmpty();
    assertThat(server.sandbox.queries() - before).isEqualTo(2);
  }
}
