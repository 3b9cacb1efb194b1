package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of the past, made up. The sample data lies in one day of 2022, 13 hours of it. */
class BackfillCommandTest {

  private Sandbox sandbox;
  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    lake = folder.resolve("lake");
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
    define("avg(temp)");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private void define(String aggregate) throws Exception {
    String definition = Definition.hourly(sandbox.url(), lake).replace("start: 2022-01-01", "");
    Files.writeString(
        folder.resolve("tributary.yaml"),
        definition.replace("every: 1h, ", "every: 1h").replace("avg(temp)", aggregate));
  }

  private Typed backfill(String... words) {
    return backfill(Map.of(), words);
  }

  private Typed backfill(Map<String, String> environment, String... words) {
    String[] all = new String[words.length + 4];
    all[0] = "backfill";
    all[1] = "climate";
    System.arraycopy(words, 0, all, 2, words.length);
    all[all.length - 2] = "--config";
    all[all.length - 1] = "tributary.yaml";
    return Typed.in(folder, environment, all);
  }

  private static List<JsonNode> done(Typed typed) {
    assertThat(typed.code()).as(typed.all()).isZero();
    return JsonLines.of(typed);
  }

  @Test
  void missingWindowsOfTheRangeAreMadeOldestFirstAndOnlyOnce() throws Exception {
    Typed first =
        backfill(
            "--from",
            "2022-01-01T06:00:00Z",
            "--to",
            "2022-01-01T10:00:00Z",
            "--parallel",
            "1",
            "--json");
    assertThat(done(first))
        .extracting(window -> window.get("start").asText())
        .containsExactly(
            "2022-01-01T06:00:00Z",
            "2022-01-01T07:00:00Z",
            "2022-01-01T08:00:00Z",
            "2022-01-01T09:00:00Z");
    assertThat(first.err()).startsWith("4 windows to make, 0 settled already");

    Typed wider = backfill("--from", "2022-01-01", "--to", "2022-01-02", "--json");
    assertThat(done(wider)).hasSize(20);
    assertThat(wider.err())
        .containsPattern("20 windows to make, 4 settled already; about [0-9ms ]+ by the last");
    assertThat(Listing.data(lake)).hasSize(24);

    Typed again = backfill("--from", "2022-01-01", "--to", "2022-01-02", "--json");
    assertThat(done(again)).isEmpty();
    assertThat(again.err()).contains("0 windows to make, 24 settled already");
    assertThat(DuckDb.rows("SELECT count(*) FROM '" + lake + "/climate/*/*.parquet'"))
        .containsExactly(List.of(26L));
  }

  @Test
  void sharesOfARangeAreDisjointAndTogetherWhole() throws Exception {
    int windows = 0;
    for (int share = 0; share < 5; share++) {
      windows +=
          done(backfill(
                  "--from", "2022-01-01", "--to", "2022-01-02", "--shard", share + "/5", "--json"))
              .size();
    }
    assertThat(windows).isEqualTo(24);
    assertThat(Listing.data(lake)).hasSize(24);
  }

  @Test
  void theShareOfAnIndexedPodIsReadFromItsEnvironment() throws Exception {
    String[] range = {"--from", "2022-01-01", "--to", "2022-01-02", "--shard", "5"};
    int windows = 0;
    for (int share = 0; share < 5; share++) {
      windows +=
          done(backfill(Map.of("INDEX", "" + share), with(range, "--shard-env", "INDEX", "--json")))
              .size();
    }
    assertThat(windows).isEqualTo(24);
    assertThat(Listing.data(lake)).hasSize(24);
  }

  @Test
  void aShareThatTheEnvironmentDoesNotTellIsAMistakeOfTheCaller() {
    String[] range = {"--from", "2022-01-01", "--shard-env", "INDEX"};
    String[] five = with(range, "--shard", "5");
    refused(backfill(five), "--shard-env INDEX", "no such variable");
    refused(backfill(Map.of("INDEX", ""), five), "--shard-env INDEX", "empty");
    refused(backfill(Map.of("INDEX", "two"), five), "must hold 0 to 4", "'two'");
    refused(backfill(Map.of("INDEX", "5"), five), "must hold 0 to 4", "'5'");
    refused(backfill(Map.of("INDEX", "1"), range), "needs --shard", "there was none");
    refused(
        backfill(Map.of("INDEX", "1"), with(range, "--shard", "1/5")), "needs --shard", "'1/5'");
    assertThat(lake).doesNotExist();
  }

  private static void refused(Typed typed, String... words) {
    assertThat(typed.code()).as(typed.all()).isEqualTo(64);
    assertThat(typed.err()).contains(words);
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void onlyWindowsOfAnOlderQueryAreStale() throws Exception {
    done(backfill("--from", "2022-01-01T06:00:00Z", "--to", "2022-01-01T09:00:00Z"));
    define("max(temp)");
    done(backfill("--from", "2022-01-01T09:00:00Z", "--to", "2022-01-01T11:00:00Z"));

    List<JsonNode> redone =
        done(
            backfill(
                "--from",
                "2022-01-01T06:00:00Z",
                "--to",
                "2022-01-01T12:00:00Z",
                "--stale",
                "--json"));

    assertThat(redone)
        .extracting(
            window ->
                window.get("outcome").asText()
                    + " "
                    + window.get("start").asText().substring(11, 13))
        .containsExactlyInAnyOrder("replaced 06", "replaced 07", "replaced 08", "published 11");
  }

  @Test
  void everyWindowIsQueriedAgainWhenAskedFor() throws Exception {
    String[] range = {"--from", "2022-01-01T06:00:00Z", "--to", "2022-01-01T08:00:00Z"};
    done(backfill(range));
    Typed again = backfill(range[0], range[1], range[2], range[3], "--replace", "--json");
    assertThat(done(again)).extracting(window -> window.get("generation").asInt()).containsOnly(2);
  }

  @Test
  void whatWasReplacedBeforeAnInterruptionIsNotReplacedAgain() throws Exception {
    String[] range = {"--from", "2022-01-01T06:00:00Z", "--to", "2022-01-01T12:00:00Z"};
    done(backfill(range));
    String start = Instant.now().toString();
    Path index = lake.resolve("_tributary/climate/index.json");
    byte[] before = Files.readAllBytes(index);
    String[] half = {"--from", "2022-01-01T06:00:00Z", "--to", "2022-01-01T09:00:00Z"};
    Typed interrupted = backfill(with(half, "--replace"));
    done(interrupted);
    assertThat(interrupted.err()).contains("--since 20");
    // a process that is killed writes none
    Files.write(index, before);

    List<JsonNode> resumed = done(backfill(with(range, "--replace", "--since", start, "--json")));

    assertThat(resumed)
        .extracting(
            window -> window.get("outcome").asText() + " " + window.get("generation").asInt())
        .containsOnly("found 2", "replaced 2");
    assertThat(resumed).extracting(window -> window.get("generation").asInt()).hasSize(6);
    Typed since = backfill(with(range, "--stale", "--since", start));
    assertThat(since.code()).isEqualTo(64);
    assertThat(since.err()).contains("--since needs --replace");
  }

  @Test
  void whatAnInterruptedRunMadeByTheNewQueryIsNotStale() throws Exception {
    String[] range = {"--from", "2022-01-01T06:00:00Z", "--to", "2022-01-01T12:00:00Z"};
    done(backfill(range));
    define("max(temp)");
    Path index = lake.resolve("_tributary/climate/index.json");
    byte[] before = Files.readAllBytes(index);
    String[] half = {"--from", "2022-01-01T06:00:00Z", "--to", "2022-01-01T08:00:00Z"};
    done(backfill(with(half, "--stale")));
    Files.write(index, before);

    assertThat(done(backfill(with(range, "--stale", "--json"))))
        .extracting(
            window -> window.get("outcome").asText() + " " + window.get("generation").asInt())
        .containsExactlyInAnyOrder(
            "found 2", "found 2", "replaced 2", "replaced 2", "replaced 2", "replaced 2");
  }

  @Test
  void aRangeThatIsNoneIsAMistakeOfTheCaller() {
    Typed backwards = backfill("--from", "2022-01-02", "--to", "2022-01-01");
    assertThat(backwards.code()).isEqualTo(64);
    assertThat(backwards.err()).contains("--from must lie before --to");
    assertThat(backfill("--from", "2022-01-02", "--shard", "4/4").code()).isEqualTo(64);
    assertThat(backfill("--from", "yesterday").code()).isEqualTo(64);
    assertThat(backfill().code()).isEqualTo(64);
    assertThat(lake).doesNotExist();
  }

  @Test
  void whatEndsWithAFailureIsTakenUpByTheNextCall() throws Exception {
    define("avg(nosuch)");
    Typed refused = backfill("--from", "2022-01-01", "--to", "2022-01-02");
    assertThat(refused.code()).as(refused.all()).isEqualTo(65);
    assertThat(refused.err()).contains("failed").contains("left");
    define("avg(temp)");
    assertThat(done(backfill("--from", "2022-01-01", "--to", "2022-01-02", "--json"))).hasSize(24);
  }
}
