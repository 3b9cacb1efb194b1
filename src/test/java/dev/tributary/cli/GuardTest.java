package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published, refused or told of when a result is less than it should be. */
class GuardTest {

  private static final String NOON = "2022-01-01T12:00:00Z";

  private static Sandbox sandbox;

  private final Path folder;
  private final Path lake;

  GuardTest(@TempDir Path folder) {
    this.folder = folder;
    this.lake = folder.resolve("lake");
  }

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  /** Hourly means of both rooms, or of one. */
  private void define(boolean bothRooms, String... keys) throws Exception {
    String yaml =
        Definition.hourly(sandbox.url(), lake)
            .replace(
                "retries: 0", String.join("\n    ", "retries: 0", String.join("\n    ", keys)));
    Files.writeString(
        folder.resolve("tributary.yaml"),
        bothRooms ? yaml : yaml.replace("time < $end", "time < $end AND room = 'Kitchen'"));
  }

  private Typed typed(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--config";
    all[words.length + 1] = "tributary.yaml";
    return Typed.in(folder, Map.of(), all);
  }

  private Typed run(String... words) {
    String[] all = new String[words.length + 4];
    System.arraycopy(new String[] {"run", "climate", "--window", NOON}, 0, all, 0, 4);
    System.arraycopy(words, 0, all, 4, words.length);
    return typed(all);
  }

  private static Typed done(Typed typed) {
    assertThat(typed.code()).as(typed.all()).isZero();
    return typed;
  }

  private static Typed refused(Typed typed) {
    assertThat(typed.code()).as(typed.all()).isEqualTo(65);
    return typed;
  }

  private List<List<@Nullable Object>> rooms() throws Exception {
    return DuckDb.rows("SELECT room FROM '" + lake + "/climate/*/*.parquet' ORDER BY room");
  }

  @Test
  void aReplacementWithFewerRowsIsRefusedUntilItIsInsistedOn() throws Exception {
    define(true);
    done(run());
    define(false);

    assertThat(refused(run("--replace")).err())
        .contains("the replacement has 1 rows, what is there has 2, a loss of 0.500 where 'guard'")
        .contains("allows 0.0; what is there stays; raise the job's 'guard', or insist once by")
        .contains("'--force' beside '--replace' or '--stale'");
    assertThat(rooms()).hasSize(2);

    done(run("--replace", "--force"));
    assertThat(rooms()).containsExactly(List.of("Kitchen"));
  }

  @Test
  void theGuardSaysWhichShareOfRowsMayBeLost() throws Exception {
    define(true, "guard: 0.49");
    done(run());
    define(false, "guard: 0.49");
    assertThat(refused(run("--replace")).err()).contains("a loss of 0.500").contains("allows 0.49");

    define(false, "guard: 0.5");
    done(run("--replace"));
    assertThat(rooms()).hasSize(1);
  }

  @Test
  void staleWindowsThatLoseRowsAreRedoneByForceAlone() throws Exception {
    define(true);
    String[] range = {
      "backfill", "climate", "--from", "2022-01-01T08:00:00Z", "--to", "2022-01-01T10:00:00Z"
    };
    done(typed(range));
    define(false);

    String[] stale = {range[0], range[1], range[2], range[3], range[4], range[5], "--stale"};
    assertThat(refused(typed(stale)).err()).contains("'--force'").contains("'guard'");
    String[] force = {
      range[0], range[1], range[2], range[3], range[4], range[5], "--stale", "--force"
    };
    assertThat(done(typed(force)).err()).contains("2 windows settled");
    assertThat(rooms()).hasSize(2);
  }

  @Test
  void forceWithoutAReplacementIsAMistakeOfTheCaller() throws Exception {
    define(true);
    assertThat(run("--force").code()).isEqualTo(64);
    assertThat(typed("backfill", "climate", "--from", "2022-01-01", "--force").code())
        .isEqualTo(64);
  }

  @Test
  void everyBreachIsNamedWithItsBoundsAndWhatCame() throws Exception {
    define(
        true,
        "expect: {rows: '>= 24', series: '3..500', max_null_share: {temp: 0, wind: 0.1, co: 1}}");

    assertThat(refused(run()).err())
        .contains(
            "2 rows came, expected at least 24; 2 series came, expected 3 to 500; column 'wind' is"
                + " not there, expected nulls of at most 0.1; nothing was published");
    assertThat(Files.exists(lake.resolve("climate"))).isFalse();
  }

  @Test
  void sharesOfNullsAreHeldPerColumnInBothFormats() throws Exception {
    for (String format : List.of("parquet", "arrow")) {
      String keys = "format: " + format + "\n    ";
      define(true, keys + "expect: {max_null_share: {temp: 0.4}}");
      halfTheTemperatures();
      assertThat(refused(run()).err())
          .contains(
              "column 'temp' is null in 1 of 2 rows, a share of 0.500, expected at most 0.4;"
                  + " nothing was published");
      define(true, keys + "expect: {max_null_share: {temp: 0.5}, series: 2}");
      halfTheTemperatures();
      done(run("--json"));
      Files.move(lake, folder.resolve("lake-" + format));
    }
  }

  private void halfTheTemperatures() throws Exception {
    Path file = folder.resolve("tributary.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("avg(temp)", "avg(CASE WHEN room = 'Kitchen' THEN temp END)"));
  }

  @Test
  void partitionsAreHeldToTheirExpectationsAsAWhole() throws Exception {
    define(true, "partition_by: room", "expect: {series: 3}");
    assertThat(refused(run()).err()).contains("2 series came, expected exactly 3");
    define(true, "partition_by: room", "expect: {series: 2, max_null_share: {room: 0}}");
    done(run());
  }

  @Test
  void whatIsOnlyWarnedOfIsPublished() throws Exception {
    define(true, "expect: {series: 3, on_failure: warn}");
    assertThat(done(run()).err())
        .contains("2 series came, expected exactly 3; published all the same");
    assertThat(rooms()).hasSize(2);
  }

  /** How long a source keeps rows that forgets those before this instant a moment from now. */
  private static String keptSince(Instant first, Duration margin) {
    Duration age = Duration.between(first, InstantSource.system().instant());
    return "retention: " + (age.toSeconds() + margin.toSeconds()) + "s";
  }

  @Test
  void whatIsAboutToBeForgottenIsWarnedOfAndTakenFirst() throws Exception {
    Instant ten = Instant.parse("2022-01-01T10:00:00Z");
    define(true, keptSince(ten, Duration.ofMinutes(5)));

    Typed backfill =
        done(
            typed(
                "backfill",
                "climate",
                "--from",
                "2022-01-01T08:00:00Z",
                "--to",
                "2022-01-01T12:00:00Z",
                "--parallel",
                "1",
                "--json"));

    assertThat(JsonLines.of(backfill))
        .extracting(each -> each.get("start").asText().substring(11, 13) + each.get("status"))
        .containsExactly("10\"done\"", "11\"done\"", "08\"cut\"", "09\"cut\"");
    assertThat(backfill.err())
        .contains("2 windows, the first " + "[2022-01-01T10:00:00Z")
        .contains("are about to leave the source's retention of ")
        .contains("is cut: the source keeps rows for ");
    assertThat(done(typed("coverage", "climate", "--at", "2022-01-01T13:00:00Z")).out())
        .containsPattern("2022-01-01T08:00:00Z +2022-01-01T10:00:00Z +2 +cut");
  }

  @Test
  void aCutReplacementIsRefusedThoughItHasAsManyRows() throws Exception {
    define(true);
    done(run());
    define(true, keptSince(Instant.parse("2022-01-01T12:30:00Z"), Duration.ZERO));

    assertThat(refused(run("--replace")).err())
        .contains("so the first ones of the replacement are gone, and what is there has them")
        .contains("'--force'");
    done(run("--replace", "--force"));
    assertThat(done(run("--replace")).err()).as("one cut window for another").contains("replaced");
  }

  @Test
  void thePlanNotesWhatIsAboutToBeForgotten() throws Exception {
    define(true, "retention: 10h");
    String[] plan = {"plan", "climate", "--at", "2022-01-01T09:30:00Z"};
    assertThat(done(typed(plan)).out())
        .contains("note  window [2022-01-01T00:00:00Z")
        .contains("is about to leave the source's retention of 10h: first rows are forgotten at")
        .contains("2022-01-01T10:00:00Z; taken first");
  }
}
