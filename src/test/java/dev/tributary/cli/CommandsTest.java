package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller of the commands relies upon: documents, exit codes, and what is refused. */
class CommandsTest {

  private static final String NOON = "2022-01-01T12:00:00Z";

  private Sandbox sandbox;

  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
    lake = folder.resolve("lake");
    write(hourly());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void runTellsEachWindowAsADocument() {
    JsonNode settled = only("run", "climate", "--window", NOON, "--json");
    assertThat(JsonLines.fields(settled))
        .containsExactly("job", "start", "end", "outcome", "status", "generation", "rows", "files");
    assertThat(settled.get("job").asText()).isEqualTo("climate");
    assertThat(settled.get("start").asText()).isEqualTo(NOON);
    assertThat(settled.get("end").asText()).isEqualTo("2022-01-01T13:00:00Z");
    assertThat(settled.get("outcome").asText()).isEqualTo("published");
    assertThat(settled.get("rows").asInt()).isEqualTo(2);
    assertThat(lake.resolve(settled.get("files").get(0).asText())).isRegularFile();

    JsonNode again = only("run", "climate", "--window", NOON, "--json");
    assertThat(again.get("outcome").asText()).isEqualTo("found");
    assertThat(again.get("generation").asInt()).isEqualTo(1);
  }

  @Test
  void aFailedWindowIsADocumentWithItsReason() throws Exception {
    write(hourly().replace("avg(temp)", "avg(nosuch)"));
    Typed typed = typed("run", "climate", "--window", NOON, "--json");
    assertThat(typed.code()).as(typed.all()).isEqualTo(65);
    JsonNode failed = JsonLines.of(typed).get(0);
    assertThat(JsonLines.fields(failed))
        .containsExactly("job", "start", "end", "outcome", "kind", "reason", "attempts");
    assertThat(failed.get("outcome").asText()).isEqualTo("failed");
    assertThat(failed.get("kind").asText()).isEqualTo("refused");
    assertThat(failed.get("reason").asText()).contains("nosuch");
  }

  @Test
  void planTellsWhatIsDueAsADocument() {
    JsonNode plan = only("plan", "--at", "2022-01-01T03:30:00Z", "--json");
    assertThat(JsonLines.fields(plan)).containsExactly("job", "due", "next", "notes");
    assertThat(plan.get("due")).hasSize(3);
    JsonNode first = plan.get("due").get(0);
    assertThat(JsonLines.fields(first))
        .containsExactlyInAnyOrder("start", "end", "reason", "since");
    assertThat(first.get("start").asText()).isEqualTo("2022-01-01T00:00:00Z");
    assertThat(first.get("since").asText()).isEqualTo("2022-01-01T01:05:00Z");
    assertThat(plan.get("next")).hasSize(3);
  }

  @Test
  void previewTellsQueryFileColumnsAndRowsAsADocument() {
    JsonNode preview = only("preview", "climate", "--window", NOON, "--json");
    assertThat(JsonLines.fields(preview))
        .containsExactly("job", "window", "query", "file", "columns", "rows");
    assertThat(preview.get("query").asText()).contains("'" + NOON + "'").doesNotContain("$start");
    assertThat(preview.get("columns")).hasSize(4);
    assertThat(JsonLines.fields(preview.get("columns").get(0)))
        .containsExactly("name", "type", "nullable");
    assertThat(preview.get("rows")).hasSize(2);
    JsonNode settled = only("run", "climate", "--window", NOON, "--json");
    assertThat(preview.get("file")).isEqualTo(settled.get("files").get(0));
  }

  @Test
  void previewNamesColumnsAsTheFileWill() throws Exception {
    write(
        hourly()
            .replace("retries: 0", "retries: 0\n    columns: snake")
            .replace("AS temp", "AS \"Mean Temp\""));
    JsonNode preview = only("preview", "climate", "--window", NOON, "--json");
    assertThat(preview.get("columns").findValuesAsText("name")).contains("mean_temp");
    assertThat(preview.get("rows").get(0).get("mean_temp").asText()).isNotEmpty();
    Typed words = typed("preview", "climate", "--window", NOON);
    assertThat(words.out()).contains("mean_temp").doesNotContain("null");
  }

  @Test
  void coverageTellsEachSpanAsADocument() {
    only("run", "climate", "--window", NOON, "--json");
    Typed typed = typed("coverage", "--at", "2022-01-01T15:30:00Z", "--json");
    List<JsonNode> spans = JsonLines.of(typed);
    assertThat(spans)
        .as(typed.all())
        .allSatisfy(
            span ->
                assertThat(JsonLines.fields(span))
                    .containsExactly("job", "start", "end", "windows", "state", "reason"));
    assertThat(spans)
        .anySatisfy(
            span -> {
              assertThat(span.get("start").asText()).isEqualTo(NOON);
              assertThat(span.get("windows").asInt()).isEqualTo(1);
              assertThat(span.get("state").asText()).isEqualTo("done");
            });
  }

  @Test
  void verifyTellsEachWrongFileAsADocument() throws Exception {
    only("run", "climate", "--window", NOON, "--json");
    Typed clean = typed("verify", "--json");
    assertThat(clean.code()).as(clean.all()).isZero();
    assertThat(JsonLines.of(clean)).isEmpty();

    Files.delete(Listing.data(lake).get(0));
    Typed typed = typed("verify", "--json");
    assertThat(typed.code()).as(typed.all()).isEqualTo(65);
    JsonNode wrong = JsonLines.of(typed).get(0);
    assertThat(JsonLines.fields(wrong))
        .containsExactly("job", "start", "end", "file", "cause", "wrong");
    assertThat(wrong.get("start").asText()).isEqualTo(NOON);
  }

  @Test
  void validateTellsEachMistakeAsADocument() throws Exception {
    assertThat(typed("validate", "--json").code()).isZero();
    write(hourly().replace("retries: 0", "retrys: 0"));
    Typed typed = typed("validate", "--json");
    assertThat(typed.code()).as(typed.all()).isEqualTo(78);
    JsonNode mistake = JsonLines.of(typed).get(0);
    assertThat(JsonLines.fields(mistake))
        .containsExactly("file", "line", "column", "severity", "message");
    assertThat(mistake.get("severity").asText()).isEqualTo("error");
    assertThat(mistake.get("line").asInt()).isEqualTo(14);
    assertThat(mistake.get("message").asText()).contains("retries");
  }

  @Test
  void versionIsADocument() {
    JsonNode version = JsonLines.of(Typed.in(folder, "version", "--json")).get(0);
    assertThat(JsonLines.fields(version)).containsExactlyInAnyOrder("version", "java");
    assertThat(version.get("java").asInt()).isEqualTo(Runtime.version().feature());
  }

  @ParameterizedTest
  @CsvSource({
    "64, ruin",
    "64, run --nosuch",
    "66, run nosuch",
    "66, plan nosuch",
    "66, preview nosuch",
    "66, coverage nosuch",
    "66, verify nosuch",
    "64, run climate --replace",
    "64, run --window 2022-01-01T12:00:00Z",
    "64, run climate --window yesterday",
    "64, run --for soon",
    "64, plan --at noon"
  })
  void aWrongCommandLineHasItsCodeAndOneSentence(int code, String words) {
    Typed typed = words.equals("ruin") ? Typed.in(folder, "ruin") : typed(words.split(" "));
    assertThat(typed.code()).as(typed.all()).isEqualTo(code);
    assertThat(typed.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(typed.out()).isEmpty();
    assertThat(lake).doesNotExist();
  }

  @Test
  void aStartOffTheGridNamesItsNeighbours() {
    Typed typed = typed("run", "climate", "--window", "2022-01-01T12:20:00Z");
    assertThat(typed.code()).as(typed.all()).isEqualTo(64);
    assertThat(typed.err()).contains(NOON).contains("2022-01-01T13:00:00Z");
  }

  @Test
  void aReplacementWithTheSameOrMoreIsTheNextGeneration() throws Exception {
    only("run", "climate", "--window", NOON, "--json");
    JsonNode same = only("run", "climate", "--window", NOON, "--replace", "--json");
    assertThat(same.get("generation").asInt()).isEqualTo(2);
    assertThat(same.get("outcome").asText()).isEqualTo("replaced");

    sandbox.load("home", "home,room=Attic temp=9.5,co=1i 1641040200", TimeUnit.SECONDS);
    JsonNode more = only("run", "climate", "--window", NOON, "--replace", "--json");
    assertThat(more.get("generation").asInt()).isEqualTo(3);
    assertThat(more.get("rows").asInt()).isEqualTo(3);
    assertThat(Listing.data(lake)).hasSize(1);
    assertThat(DuckDb.file(Listing.data(lake).get(0))).hasSize(3);
    assertThat(typed("verify").code()).isZero();
  }

  @Test
  void aReplacementWithLessIsRefusedAndTheFileStays() throws Exception {
    only("run", "climate", "--window", NOON, "--json");
    byte[] before = Files.readAllBytes(Listing.data(lake).get(0));
    try (Sandbox poorer = Sandbox.start(SandboxSettings.standard())) {
      poorer.load("home", "home,room=Kitchen temp=9.5,co=1i 1641040200", TimeUnit.SECONDS);
      write(Definition.hourly(poorer.url(), lake));
      Typed typed = typed("run", "climate", "--window", NOON, "--replace");
      assertThat(typed.code()).as(typed.all()).isEqualTo(65);
      assertThat(typed.err()).contains("1 row").contains("2");
    }
    assertThat(Listing.data(lake)).hasSize(1);
    assertThat(Listing.data(lake).get(0)).hasBinaryContent(before);
    assertThat(typed("verify").code()).isZero();
  }

  @Test
  void soundJobsRunBesideBrokenOnesUnlessTheCallerIsStrict() throws Exception {
    write(recent() + job("broken", "temp").replace("source: plant", "sourec: plant"));
    Typed strict = typed("run", "--strict");
    assertThat(strict.code()).as(strict.all()).isEqualTo(78);
    assertThat(lake).doesNotExist();

    Typed lenient = typed("run", "--json");
    assertThat(lenient.code()).as(lenient.all()).isEqualTo(78);
    assertThat(lenient.err()).contains("sourec").contains("did you mean 'source'");
    assertThat(jobs(lenient)).containsExactly("good");
  }

  @Test
  void failuresThatAreAlikeGiveTheirCodeAndMixedOnesTheOneThatCallsForAnotherTry()
      throws Exception {
    write(recent() + job("refused", "nosuch"));
    Typed refused = typed("run", "--json");
    assertThat(refused.code()).as(refused.all()).isEqualTo(65);
    assertThat(jobs(refused)).containsExactly("good", "refused");

    write(recent() + job("away", "temp").replace("plant", "gone"));
    Typed away = typed("run", "--json");
    assertThat(away.code()).as(away.all()).isEqualTo(69);

    write(recent() + job("away", "temp").replace("plant", "gone") + job("refused-too", "nosuch"));
    Typed mixed = typed("run", "--json");
    assertThat(mixed.code()).as(mixed.all()).isEqualTo(75);
  }

  private static Stream<String> jobs(Typed typed) {
    return JsonLines.of(typed).stream().map(line -> line.get("job").asText()).sorted();
  }

  private String hourly() {
    return Definition.hourly(sandbox.url(), lake);
  }

  /** Definitions whose one job, a snapshot, is due at any time. */
  private String recent() {
    return """
        sources:
          plant: {url: '%s'}
          gone: {url: 'grpc://127.0.0.1:1'}
        destinations:
          lake: {url: '%s'}
        jobs:
        """
            .formatted(sandbox.url(), Definition.url(lake))
        + job("good", "temp");
  }

  private static String job(String name, String column) {
    return """
          %s:
            source: plant
            bucket: home
            sql: "SELECT time, room, %s FROM home"
            retries: 0
            destination: {to: lake}
        """
        .formatted(name, column);
  }

  private void write(String yaml) throws Exception {
    Files.writeString(folder.resolve("tributary.yaml"), yaml);
  }

  private JsonNode only(String... words) {
    Typed typed = typed(words);
    assertThat(typed.code()).as(typed.all()).isZero();
    assertThat(JsonLines.of(typed)).as(typed.all()).hasSize(1);
    return JsonLines.of(typed).get(0);
  }

  private Typed typed(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--config";
    all[words.length + 1] = "tributary.yaml";
    return Typed.in(folder, all);
  }
}
