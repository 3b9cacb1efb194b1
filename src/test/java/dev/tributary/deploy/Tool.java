package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of the operating system, run to its end. */
final class Tool {

  private static final long LONGEST_SECONDS = 120;

  private Tool() {}

  /**
   * Lets a test go on when the program is installed. A build server must have it, for there a check
   * that is left out would pass unseen.
   */
  static void require(String name) {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("'%s' is installed", name).isTrue();
    }
    Assumptions.assumeTrue(there, "'" + name + "' is not installed: NOT CHECKED");
  }

  static Ended run(Path folder, List<String> command) throws IOException, InterruptedException {
    return run(folder, Map.of(), command);
  }

  static Ended run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path printed = Files.createTempFile("tool", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(command + " still ran:\n" + Files.readString(printed));
      }
      return new Ended(process.exitValue(), Files.readString(printed));
    } finally {
      Files.delete(printed);
    }
  }

  /**
   * How a program ended.
   *
   * @param printed both of its streams
   */
  record Ended(int code, String printed) {

    Ended successfully() {
      assertThat(code).as(printed).isZero();
      return this;
    }
  }
}
