package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file, looked at. */
class InspectCommandTest {

  private static final String NOON = "2022-01-01T12:00:00Z";

  private Sandbox sandbox;
  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    lake = folder.resolve("lake");
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private String landed(String format) throws Exception {
    String definition = Definition.hourly(sandbox.url(), lake);
    Files.writeString(
        folder.resolve("tributary.yaml"),
        definition.replace("retries: 0", "retries: 0\n    format: " + format));
    Typed run = typed("run", "climate", "--window", NOON, "--config", "tributary.yaml");
    assertThat(run.code()).as(run.all()).isZero();
    return Listing.data(lake).get(0).toString();
  }

  private Typed typed(String... words) {
    return Typed.in(folder, words);
  }

  @Test
  void aParquetFileTellsItsColumnsGroupsBoundsProvenanceAndFirstRows() throws Exception {
    String file = landed("parquet");

    JsonNode shown = JsonLines.of(typed("inspect", file, "--head", "1", "--json")).get(0);
    assertThat(shown.get("rows").asInt()).isEqualTo(2);
    assertThat(shown.get("bytes").asLong()).isEqualTo(Files.size(Path.of(file)));
    assertThat(shown.get("stamp").get("job").asText()).isEqualTo("climate");
    assertThat(shown.get("stamp").get("window").asText()).startsWith(NOON);
    JsonNode time = shown.get("row_groups").get(0).get("columns").get(0);
    assertThat(time.get("name").asText()).isEqualTo("time");
    assertThat(time.get("least").asText()).startsWith("2022-01-01T12:00:00");
    assertThat(time.get("nulls").asInt()).isZero();
    assertThat(time.get("page_index").asBoolean()).isTrue();
    assertThat(shown.get("head")).hasSize(1);
    assertThat(shown.get("head").get(0).get("time").asText()).isEqualTo(NOON);

    Typed words = typed("inspect", file, "--head", "2");
    assertThat(words.code()).as(words.all()).isZero();
    assertThat(words.out())
        .contains("job      climate", "INT64 TIMESTAMP(MICROS,true)", "zstd", "Kitchen");
  }

  @Test
  void anArrowFileTellsItsColumnsBatchesAndProvenance() throws Exception {
    JsonNode shown =
        JsonLines.of(typed("inspect", landed("arrow"), "--head", "5", "--json")).get(0);

    assertThat(shown.get("format").asText()).isEqualTo("arrow");
    assertThat(shown.get("row_groups")).hasSize(1);
    assertThat(shown.get("stamp").get("job").asText()).isEqualTo("climate");
    assertThat(shown.get("head")).hasSize(2);
  }

  @Test
  void whatIsNoWholeFileIsRefusedInOneSentence() throws Exception {
    byte[] whole = Files.readAllBytes(Path.of(landed("parquet")));
    Path cut = folder.resolve("cut.parquet");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("text.parquet"), "time,room\n");

    Typed half = typed("inspect", "cut.parquet");
    assertThat(half.code()).isEqualTo(65);
    assertThat(half.err())
        .isEqualToIgnoringNewLines(
            "tributary: cannot inspect 'cut.parquet': it begins like a whole file of its format,"
                + " and is none");
    assertThat(typed("inspect", "text.parquet").err())
        .contains("it is neither Parquet nor an Arrow IPC file");
    Typed missing = typed("inspect", "nowhere.parquet");
    assertThat(missing.code()).isEqualTo(66);
    assertThat(missing.err()).contains("there is no such file");
  }
}
