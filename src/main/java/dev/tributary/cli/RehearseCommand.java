package dev.tributary.cli;

import dev.tributary.sandbox.CannedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Carries a few rows from a server of its own into a folder of its own, so that the virtual machine
 * sees the classes that every run needs and can archive them. The launcher runs it once, when told
 * to make the archive.
 */
@Command(
    name = "rehearse",
    description = "Carry a few made-up rows into a temporary folder and remove it.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {

  private static final List<List<String>> COMMANDS =
      List.of(List.of("validate"), List.of("plan", "--json"), List.of("run"), List.of("coverage"));

  private final Console console;
  private final InstantSource clock = InstantSource.system();

  RehearseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    Path folder = Files.createTempDirectory("tributary-rehearsal");
    try (CannedServer server =
        CannedServer.start(day.atStartOfDay(ZoneOffset.UTC).toInstant(), clock)) {
      Path definition = folder.resolve("jobs.yaml");
      Files.writeString(definition, definition(server.url(), folder.resolve("lake"), day));
      PrintStream nowhere =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      Console silent = new Console(nowhere, nowhere, Map.of(), folder, false);
      for (List<String> command : COMMANDS) {
        String[] arguments =
            Stream.concat(command.stream(), Stream.of("--config", definition.toString()))
                .toArray(String[]::new);
        int code = Tributary.run(arguments, silent);
        if (code != ExitCode.DONE.number()) {
          console.say("the rehearsal of '" + String.join(" ", command) + "' ended with " + code);
          return code;
        }
      }
      return ExitCode.DONE.number();
    } finally {
      remove(folder);
    }
  }

  private static String definition(String url, Path lake, LocalDate day) {
    String job =
        """
          %s:
            source: here
            bucket: home
            sql: "SELECT time, room, temp, count, on FROM home WHERE time >= $start AND time < $end"
            window: {every: 1d, delay: 0s, start: %s, bin: 1h}
            catchup: none
            format: %s
            destination: {to: lake}
        """;
    return "sources: {here: {url: '%s'}}\ndestinations: {lake: {url: '%s'}}\njobs:\n"
            .formatted(url, "file://" + lake.toUri().getRawPath())
        + job.formatted("parquet", day, "parquet")
        + job.formatted("arrow", day, "arrow");
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
