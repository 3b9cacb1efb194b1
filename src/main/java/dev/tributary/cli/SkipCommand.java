package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.run.Skip;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settles a window that can never be had. */
@Command(
    name = "skip",
    description = "Settle a window that can never be had, with the reason.",
    mixinStandardHelpOptions = true)
final class SkipCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Mixin private final OneWindow asked = new OneWindow();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why there is no data; kept in the manifest.")
  private String reason = "";

  SkipCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (reason.isBlank()) {
      throw Usage.wrong("--reason must say why the window can never be had");
    }
    Definitions definitions = options.read(console);
    Job job = asked.job(definitions);
    Window window = asked.of(job);
    try (Workshop workshop =
        new Workshop(
            definitions.limits().memoryBytes(), console.environment(), InstantSource.system())) {
      new Skip(job, workshop.destination(job), workshop.ledger(job), workshop.kit())
          .settle(window, reason.strip());
    }
    if (options.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("job", job.name().value());
      document.put("start", window.start().toString());
      document.put("end", window.end().toString());
      document.put("outcome", "skipped");
      document.put("reason", reason.strip());
      console.json(document);
    } else {
      console.say("skipped window " + window + " of job '" + job.name() + "'");
    }
    return ExitCode.DONE.number();
  }
}
