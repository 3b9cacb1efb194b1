package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window whose source changed since it was published. */
class CompareCommandTest {

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

  private Typed typed(int code, String... words) {
    Typed typed = Typed.in(folder, words);
    assertThat(typed.code()).as(typed.all()).isEqualTo(code);
    return typed;
  }

  private Typed compared(int code) {
    return typed(
        code, "compare", "climate", "--window", NOON, "--config", "tributary.yaml", "--json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retries: 1", "format: arrow", "partition_by: [room]"})
  void rowsThatCameOrChangedSinceAreToldAndNothingIsPublished(String more) throws Exception {
    Files.writeString(
        folder.resolve("tributary.yaml"),
        Definition.hourly(sandbox.url(), lake).replace("retries: 0", more));
    assertThat(compared(66).err()).contains("it has no manifest");
    typed(0, "run", "climate", "--window", NOON, "--config", "tributary.yaml");
    assertThat(JsonLines.of(compared(0)).get(0).get("equal").asBoolean()).isTrue();

    sandbox.load(
        "home",
        """
        home,room=Attic temp=9.5,co=1i 1641040200
        home,room=Kitchen temp=99.5,co=0i 1641040200
        """,
        TimeUnit.SECONDS);

    JsonNode drift = JsonLines.of(compared(65)).get(0);
    assertThat(drift.get("only_in_answer").asInt()).isEqualTo(1);
    assertThat(drift.get("only_in_file").asInt()).isZero();
    assertThat(drift.get("changed").asInt()).isEqualTo(1);
    assertThat(drift.get("columns").get(0).get("name").asText()).isEqualTo("temp");
    assertThat(drift.get("columns").get(0).get("largest").asDouble()).isBetween(30.0, 50.0);
    Typed words = typed(65, "compare", "climate", "--window", NOON, "--config", "tributary.yaml");
    assertThat(words.out()).contains("only in the answer  1").contains("in 'temp'");
    assertThat(typed(0, "verify", "--config", "tributary.yaml").err()).contains("1 window");
  }
}
