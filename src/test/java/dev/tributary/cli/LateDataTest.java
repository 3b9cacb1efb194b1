package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points that reach the source after their window was carried over, and what a user sees of it. */
class LateDataTest {

  private static final Instant NOON = Instant.parse("2022-01-01T12:00:00Z");

  /** How long after its first run the window is looked at again. */
  private static final Duration SOON = Duration.ofSeconds(8);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Sandbox sandbox;
  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    lake = folder.resolve("lake");
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
    // the sample data is years old, and so is the window when its revisit comes
    long age = Duration.between(NOON.plusSeconds(3600), Instant.now().plus(SOON)).toSeconds();
    Files.writeString(
        folder.resolve("tributary.yaml"),
        Definition.hourly(sandbox.url(), lake)
            .replace("catchup: 3d", "catchup: none")
            .replace("retries: 0", "revisit: " + age + "s"));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Typed typed(String... words) {
    return Typed.in(
        folder,
        Stream.concat(Stream.of(words), Stream.of("--config", "tributary.yaml"))
            .toArray(String[]::new));
  }

  private void assertClean() {
    Typed verified = typed("verify");
    assertThat(verified.code()).as(verified.all()).isZero();
    assertThat(verified.err()).contains("all as their manifests say");
  }

  @Test
  void latePointsAreNamedAndMakeTheNextGeneration() throws Exception {
    Typed first = typed("run", "climate", "--window", NOON.toString());
    assertThat(first.code()).as(first.all()).isZero();
    assertClean();

    long halfPast = NOON.plusSeconds(1800).getEpochSecond();
    sandbox.load("home", "home,room=Attic temp=10,co=1i " + halfPast, TimeUnit.SECONDS);
    sandbox.load("home", "home,room=Kitchen temp=99 " + (halfPast + 60), TimeUnit.SECONDS);
    Typed compared = typed("compare", "climate", "--window", NOON.toString());
    assertThat(compared.code()).as(compared.all()).isEqualTo(65);
    assertThat(compared.out()).contains("Attic", "Kitchen", "in 'temp'");

    Typed run = replacing();
    assertThat(run.err())
        .contains("2 rows before, 3 after: 1 added, 0 removed, 1 changed")
        .contains("Attic", "Kitchen");
    assertThat(replaced(run).get(0).get("generation").asInt()).isEqualTo(2);
    assertThat(replaced(run).get(0).get("rows").asInt()).isEqualTo(3);
    assertClean();
    assertThat(typed("compare", "climate", "--window", NOON.toString()).code()).isZero();
    Path file = lake.resolve("climate/date=2022-01-01");
    assertThat(DuckDb.rows("SELECT room FROM '" + file + "/*T120000Z-*.parquet' ORDER BY room"))
        .containsExactly(List.of("Attic"), List.of("Kitchen"), List.of("Living Room"));
  }

  /** Runs, as a timer would, until the window has come to its age. */
  private Typed replacing() {
    Instant giveUp = Instant.now().plus(PATIENCE);
    Typed run;
    do {
      run = typed("run", "climate", "--json");
      assertThat(run.code()).as(run.all()).isZero();
    } while (replaced(run).isEmpty() && Instant.now().isBefore(giveUp));
    assertThat(replaced(run)).as(run.all()).hasSize(1);
    return run;
  }

  private static List<JsonNode> replaced(Typed run) {
    return JsonLines.of(run).stream()
        .filter(each -> each.path("outcome").asText().equals("replaced"))
        .toList();
  }
}
