package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Main;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local run pays nothing for the stores that others use. */
class CloudClassesTest {

  @Test
  void aRunOnLocalDiskLoadsNoClassOfAnObjectStore(@TempDir Path folder) throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard())) {
      StoreLake.load(sandbox);
      StoreLake.at(folder, sandbox, "url: " + Definition.url(folder.resolve("lake")), "");
      Path loaded = folder.resolve("loaded.txt");
      Path said = folder.resolve("said.txt");
      int code =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--add-opens=java.base/java.nio=ALL-UNNAMED",
                  "-Xlog:class+load:file=" + loaded + "::filesize=0",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "run",
                  "--config",
                  folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start()
              .waitFor();
      assertThat(code).as(Files.readString(said)).isZero();
      List<String> classes = Files.readAllLines(loaded);
      assertThat(classes).anyMatch(line -> line.contains(" dev.tributary.land.LocalDestination "));
      assertThat(classes)
          .noneMatch(line -> line.contains(" software.amazon."))
          .noneMatch(line -> line.contains(" com.azure."))
          .noneMatch(line -> line.contains(" com.google.auth."))
          .noneMatch(line -> line.contains(" dev.tributary.land.objectstore."));
    }
  }
}
