package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Job;
import dev.tributary.run.Lane;
import dev.tributary.run.Order;
import dev.tributary.run.Outcome;
import dev.tributary.run.Pass;
import dev.tributary.run.PassReport;
import dev.tributary.run.StopSignal;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs two real jobs against a built-in server and leaves real files, in {@code tributary-demo}.
 */
@Command(
    name = "demo",
    description = "Run two jobs over sample data; leave real files in ./tributary-demo.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  /** A few hours after the last sample, so that the demo gives the same files on every day. */
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2022-01-02T01:00:00Z"));

  private static final long MEMORY_BYTES = 128L << 20;

  private final Console console;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Path folder = console.directory().resolve("tributary-demo").toAbsolutePath().normalize();
    Path config = definitions(folder);
    Definitions definitions = DefinitionReader.read(config);
    definitions.diagnostics().forEach(diagnostic -> console.say(diagnostic.rendered()));
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard().withPort(0).withClock(CLOCK));
        Workshop workshop = new Workshop(MEMORY_BYTES, console.environment(), CLOCK)) {
      sandbox.loadHome("home");
      console.say("sandbox with 26 readings of two rooms listens on " + sandbox.url());
      List<Lane> lanes = new ArrayList<>();
      for (Job job : definitions.jobs()) {
        lanes.add(workshop.lane(job.from(job.source().at(URI.create(sandbox.url())))));
      }
      PassReport report =
          new Pass(
                  workshop.kit(),
                  new Pass.Limits(2, 1, Optional.empty()),
                  new StopSignal(),
                  new Progress(console))
              .run(lanes, Order.DUE);
      ExitCode code = Reports.codeOf(report);
      if (code == ExitCode.DONE) {
        tellWhatIsNext(folder, report.outcomes());
      }
      return code.number();
    }
  }

  /** The demo's definitions, written at the first run and the reader's to change from then on. */
  private static Path definitions(Path folder) throws IOException {
    Path file = folder.resolve("config").resolve("tributary.yaml");
    if (Files.notExists(file)) {
      Files.createDirectories(folder.resolve("config"));
      try (InputStream template = DemoCommand.class.getResourceAsStream("demo.yaml")) {
        if (template == null) {
          throw new IllegalStateException("demo.yaml is missing from the jar");
        }
        String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(
            file, text.replace("@LAKE@", folder.resolve("lake").toUri().getRawPath()));
      }
    }
    return folder.resolve("config");
  }

  private void tellWhatIsNext(Path folder, List<Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      console.say("nothing due: every window is there already, and no file was touched");
    }
    console.say("");
    console.say("files   " + folder.resolve("lake"));
    console.say("jobs    " + folder.resolve("config").resolve("tributary.yaml"));
    console.say("try     tributary verify --config tributary-demo/config");
    console.say("        tributary plan --config tributary-demo/config --at 2022-01-02T07:00:00Z");
    console.say("        duckdb -c \"FROM 'tributary-demo/lake/room-climate/**/*.parquet'\"");
  }
}
