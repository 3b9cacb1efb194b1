package dev.tributary.cli;

import dev.tributary.sandbox.CpuSample;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Runs every command that is worth a quick start once, over sample data in a temporary directory,
 * so that the Java that watches can keep what they needed. Asked for by the launcher.
 */
@Command(
    name = "train",
    description = "Run over sample data once, for the archive that quickens starts.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

  private static final String CONFIG = "training.yaml";
  private static final String LINE = " --config " + CONFIG;

  private static final List<String> LINES =
      List.of(
          "version --json",
          "validate" + LINE,
          "plan rollup" + LINE,
          "preview rollup --window 2022-01-01" + LINE,
          "run rollup --window 2022-01-01" + LINE,
          "run series --window 2022-01-01 --json" + LINE,
          // enough rows for methods that matter to be known as such
          "run points --now" + LINE,
          "run rollup --window 2022-01-01" + LINE,
          "coverage rollup series" + LINE,
          "verify" + LINE);

  private static final CpuSample CPU =
      new CpuSample(
          4, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(2), Duration.ofSeconds(10), 1);

  private final Console console;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("tributary-train");
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard().withPort(0))) {
      sandbox.loadHome("home");
      sandbox.loadCpu("metrics", CPU);
      define(folder, sandbox.url());
      Console unheard = unheard(folder);
      for (String line : LINES) {
        int code = Tributary.run(line.split(" "), unheard);
        if (code != ExitCode.DONE.number()) {
          console.say("tributary: cannot train: '" + line + "' ended with " + code);
          return code;
        }
      }
      return ExitCode.DONE.number();
    } finally {
      delete(folder);
    }
  }

  private static void define(Path folder, String url) throws IOException {
    try (InputStream template = TrainCommand.class.getResourceAsStream(CONFIG)) {
      if (template == null) {
        throw new IllegalStateException(CONFIG + " is missing from the jar");
      }
      String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(
          folder.resolve(CONFIG),
          text.replace("@URL@", url)
              .replace("@LAKE@", folder.resolve("lake").toUri().getRawPath()));
    }
  }

  /** Data goes nowhere; complaints are heard. */
  private Console unheard(Path folder) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Console(nowhere, console.err(), Map.of(), folder, false);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
