package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that only look leave no trace, neither beside a lake nor where there is none yet. */
class ReadingWritesNothingTest {

  private static final String WINDOW = "2022-01-01T12:00:00Z";

  private static Sandbox sandbox;

  private Path folder;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void anEmptyFolder(@TempDir Path empty) {
    folder = empty;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate",
        "plan",
        "plan climate --at 2022-01-02T00:00:00Z",
        "coverage",
        "coverage climate --at 2022-01-02T00:00:00Z",
        "preview climate --window " + WINDOW,
        "preview climate"
      })
  void nothingIsWritten(String command) throws Exception {
    Definition.read(folder, Definition.hourly(sandbox.url(), folder.resolve("lake")));
    leavesEverythingAsItWas(command);

    Typed run = typed("run climate --window " + WINDOW);
    assertThat(run.code()).as(run.all()).isZero();
    assertThat(Listing.data(folder.resolve("lake"))).hasSize(1);
    leavesEverythingAsItWas(command);
  }

  private void leavesEverythingAsItWas(String command) throws Exception {
    Map<String, String> before = Listing.of(folder);
    Typed typed = typed(command);
    assertThat(typed.code()).as(typed.all()).isZero();
    assertThat(Listing.of(folder)).isEqualTo(before);
  }

  private Typed typed(String command) {
    return Typed.in(folder, (command + " --config tributary.yaml").split(" "));
  }
}
