package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.inspect.Finding;
import dev.tributary.inspect.Verifier;
import dev.tributary.job.Job;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.Manifests;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads every committed file back and holds it against its manifest. */
@Command(
    name = "verify",
    description = "Read every committed file back; hold it against its manifest.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs; default all.")
  private List<String> names = List.of();

  private int windows;
  private int files;
  private int wrong;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Definitions definitions = options.read(console);
    List<Job> jobs = Selection.of(definitions, names);
    try (Workshop workshop =
        new Workshop(
            definitions.limits().memoryBytes(), console.environment(), InstantSource.system())) {
      for (Job job : jobs) {
        Verifier verifier = new Verifier(workshop.destination(job), workshop.kit().memory());
        Manifests manifests = workshop.ledger(job).manifests();
        for (Optional<Manifest> next = manifests.next();
            next.isPresent();
            next = manifests.next()) {
          Manifest manifest = next.orElseThrow();
          windows++;
          files += manifest.files().size();
          verifier.verify(manifest, job.timeColumn()).forEach(this::tell);
        }
      }
    }
    console.say(
        Texts.count(windows, "window")
            + ", "
            + Texts.count(files, "file")
            + ": "
            + (wrong == 0 ? "all as their manifests say" : wrong + " wrong"));
    return (wrong == 0 ? ExitCode.DONE : ExitCode.REFUSED).number();
  }

  private void tell(Finding finding) {
    wrong++;
    if (options.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("job", finding.job().value());
      document.put("start", finding.window().start().toString());
      document.put("end", finding.window().end().toString());
      document.put("file", finding.key().value());
      document.put("wrong", finding.what());
      console.json(document);
    } else {
      console.out().println(finding.key() + ": " + finding.what());
    }
  }
}
