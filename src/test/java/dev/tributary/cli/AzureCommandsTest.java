package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Main;
import dev.tributary.land.objectstore.Azurite;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a container of Azure Blob Storage. */
class AzureCommandsTest {

  private static Azurite azurite;
  private static Sandbox sandbox;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    azurite = Azurite.start(data);
    sandbox = Sandbox.start(SandboxSettings.standard());
    StoreLake.load(sandbox);
  }

  @AfterAll
  static void stop() {
    // where the program is not installed neither of them started
    if (sandbox != null) {
      sandbox.close();
      azurite.close();
    }
  }

  @Test
  void theSameJobRunsOnDiskAndInAContainer(@TempDir Path folder) throws Exception {
    for (String more : new String[] {"", "partition_by: [room]"}) {
      Path own = folder.resolve("disk" + more.length());
      StoreLake disk =
          StoreLake.at(own, sandbox, "url: " + Definition.url(own.resolve("lake")), more);
      StoreLake container =
          StoreLake.at(folder.resolve("container" + more.length()), sandbox, lake(), more);
      String[] lines = {"run", "run", "plan", "verify", StoreLake.replacement(), "verify"};
      assertThat(container.told(lines))
          .isEqualTo(disk.told(lines))
          .contains("all as their manifests say");
    }
  }

  @Test
  void aRunWithAKeyLoadsNothingThatFindsCredentials(@TempDir Path folder) throws Exception {
    StoreLake.at(folder, sandbox, lake(), "");
    Path loaded = folder.resolve("loaded.txt");
    Path said = folder.resolve("said.txt");
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Xlog:class+load:file=" + loaded + "::filesize=0",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "--config",
            folder.toString());
    command.environment().putAll(StoreLake.ENVIRONMENT);
    int code = command.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();

    assertThat(code).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).doesNotContain("WARN", "ERROR", Azurite.ACCOUNT_KEY);
    assertThat(Files.readAllLines(loaded))
        .anyMatch(line -> line.contains(" com.azure.storage.blob."))
        .noneMatch(line -> line.contains(" com.azure.identity."))
        .noneMatch(line -> line.contains(" com.microsoft."))
        .noneMatch(line -> line.contains(" software.amazon."));
  }

  private static String lake() {
    return StoreLake.container(azurite.spec("roll%20ups"), azurite.endpoint());
  }
}
