package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a running server to a first file. */
class InitCommandTest {

  private static final String ODD =
      """
      odd\\ Table,Site=a,group=x temp=1.5,temp_avg=2,state="on",open=true 1640995200000000000
      odd\\ Table,Site=b,group=x temp=2.5,temp_avg=4,state="off",open=false 1640995260000000000
      events,host=a text="began" 1640995200000000000
      """;

  private static Sandbox sandbox;

  private final Path folder;

  InitCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard().withToken("apiv3-t0ken"));
    sandbox.loadHome("home");
    sandbox.load("plant", ODD, TimeUnit.NANOSECONDS);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private Typed typed(String... words) {
    return Typed.in(folder, Map.of("INFLUX_TOKEN", "apiv3-t0ken"), words);
  }

  private Typed init(String database, String... words) {
    String[] all = new String[words.length + 5];
    System.arraycopy(
        new String[] {"init", "--url", sandbox.url(), "--database", database}, 0, all, 0, 5);
    System.arraycopy(words, 0, all, 5, words.length);
    return typed(all);
  }

  private static Typed done(Typed typed) {
    assertThat(typed.code()).as(typed.all()).isZero();
    return typed;
  }

  @Test
  void withoutATableTheTablesAreListed() {
    assertThat(done(init("plant")).out())
        .containsPattern("events +host +text")
        .containsPattern("odd Table +Site group +temp temp_avg +open state");
    List<JsonNode> documents = JsonLines.of(done(init("home", "--json")));
    assertThat(documents).hasSize(1);
    assertThat(documents.get(0).get("numbers").toString()).isEqualTo("[\"co\",\"hum\",\"temp\"]");
    assertThat(Files.exists(folder.resolve("config"))).isFalse();
  }

  @Test
  void whatItWritesIsValidAndRunsAtOnce() throws Exception {
    done(init("home", "--table", "home"));

    Typed valid = done(typed("validate"));
    assertThat(valid.err()).contains("1 sound job, 0 errors, 0 warnings");
    assertThat(done(typed("run", "--json")).out()).contains("\"outcome\":\"published\"");
    assertThat(Listing.data(folder.resolve("lake"))).hasSize(1);

    done(typed("run", "home", "--window", "2022-01-01"));
    assertThat(
            DuckDb.rows(
                "SELECT count(*), min(room), max(temp_max), round(sum(temp_avg), 2) FROM '"
                    + folder.resolve("lake/home/date=2022-01-01")
                    + "/*.parquet'"))
        .containsExactly(List.of(26L, "Kitchen", 23.3, 582.3));
    assertThat(Files.readString(folder.resolve("config/home.yaml")))
        .contains("token: ${env:INFLUX_TOKEN}")
        .doesNotContain("t0ken");
  }

  @Test
  void aSecondTableGoesBesideTheFirst() {
    done(init("plant", "--table", "odd Table"));
    assertThat(done(init("plant", "--table", "events", "--every", "1h")).err())
        .contains("stand beside it");
    done(init("home", "--table", "home"));

    assertThat(done(typed("validate")).err()).contains("3 sound jobs, 0 errors");
    assertThat(done(typed("run", "--json")).out()).contains("\"outcome\":\"published\"");
  }

  @Test
  void aSecondServerIsNotMixedUpWithTheFirst() throws Exception {
    done(init("home", "--table", "home"));
    Typed other = init("plant", "--table", "odd Table", "--to", "file:///elsewhere");

    assertThat(other.code()).as(other.all()).isEqualTo(73);
    assertThat(other.err()).contains("'home.yaml' beside it", "that is another", "--out");
    assertThat(folder.resolve("config/odd-table.yaml")).doesNotExist();
    done(init("plant", "--table", "odd Table", "--to", "file:///elsewhere", "--out", "b/odd.yaml"));
  }

  @Test
  void namesThatAreNoPlainOnesAreQuotedAndKeptApart() throws Exception {
    done(init("plant", "--table", "odd Table", "--every", "15m", "--out", "odd.yaml"));

    assertThat(done(typed("validate", "--config", "odd.yaml")).err()).contains("0 warnings");
    done(typed("run", "odd-table", "--window", "2022-01-01T00:00:00Z", "--config", "odd.yaml"));
    assertThat(
            DuckDb.rows(
                "SELECT Site, \"group\", temp_avg, temp_avg_avg FROM '"
                    + folder.resolve("lake/odd-table")
                    + "/*/*.parquet' ORDER BY Site"))
        .containsExactly(List.of("a", "x", 1.5, 2.0), List.of("b", "x", 2.5, 4.0));
    assertThat(Files.readString(folder.resolve("odd.yaml")))
        .contains("# left out, for they are no numbers: open, state")
        .contains("INTERVAL '15 minutes'");
  }

  @Test
  void aTableWithoutNumbersIsCounted() throws Exception {
    done(init("plant", "--table", "events", "--every", "1h"));
    done(typed("run", "events", "--window", "2022-01-01T00:00:00Z"));
    assertThat(
            DuckDb.rows(
                "SELECT host, readings FROM '" + folder.resolve("lake/events") + "/*/*.parquet'"))
        .containsExactly(List.of("a", 1L));
  }

  @Test
  void aFileThatIsThereStays() throws Exception {
    Files.writeString(folder.resolve("mine.yaml"), "mine");
    Typed typed = init("home", "--table", "home", "--out", "mine.yaml");
    assertThat(typed.code()).isEqualTo(73);
    assertThat(typed.err()).contains("it is there already; name another by --out");
    assertThat(folder.resolve("mine.yaml")).hasContent("mine");
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThat(init("home", "--table", "homes").err())
        .contains("cannot find table 'homes': database 'home' holds 'home'");
    assertThat(init("home", "--table", "home", "--every", "7m").err())
        .contains("'window.every' must be 1m to 12h and divide a day");
    assertThat(init("home", "--token", "apiv3-planted").all())
        .contains("must be a reference")
        .doesNotContain("planted");
    assertThat(typed("init", "--url", "ftp://x", "--database", "home").code()).isEqualTo(78);
    assertThat(
            Typed.in(
                    folder,
                    Map.of("INFLUX_TOKEN", "not-the-token"),
                    "init",
                    "--url",
                    sandbox.url(),
                    "--database",
                    "home")
                .code())
        .isEqualTo(77);
  }
}
