package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how fresh each job's data is. */
@Command(
    name = "status",
    description = "Show up to when each job's data reaches; 75 when any is older than it may be.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Asks the daemon of these definitions when one runs on this machine, by 'daemon.http';",
      "otherwise reads the receipts at the destinations. Says which."
    })
final class StatusCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs; default all.")
  private List<String> names = List.of();

  @Option(
      names = "--max-age",
      paramLabel = "DURATION",
      description = "Age from which on a job is stale, such as 2h; default each job's max_age.")
  private @Nullable String maxAge;

  @Option(names = "--at", paramLabel = "INSTANT", description = "As if it were this time.")
  private @Nullable String at;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Instant now = at == null ? InstantSource.system().instant() : Usage.instant("--at", at);
    Optional<Duration> most =
        maxAge == null ? Optional.empty() : Optional.of(Usage.duration("--max-age", maxAge));
    Definitions definitions = options.read(console);
    // a daemon knows how things stand, not how they stood or will stand
    Optional<RunningDaemon> daemon =
        at == null
            ? RunningDaemon.ask(definitions.daemon(), options.path(console))
            : Optional.empty();
    List<Freshness> all = new ArrayList<>();
    List<ExitCode> codes = new ArrayList<>();
    List<Job> rest = new ArrayList<>();
    for (Job job : Selection.of(definitions, names)) {
      Optional<Freshness> told =
          daemon.flatMap(running -> running.freshness(job, most.or(() -> job.ages().maxAge())));
      told.ifPresentOrElse(all::add, () -> rest.add(job));
    }
    say(definitions.daemon(), all.size(), rest.size());
    if (!rest.isEmpty()) {
      try (Workshop workshop =
          new Workshop(
              definitions.limits().memoryBytes(),
              console.environment(),
              InstantSource.fixed(now))) {
        for (Job job : rest) {
          try {
            all.add(
                Freshness.of(job, workshop.history(job), most.or(() -> job.ages().maxAge()), now));
          } catch (Failure failure) {
            console.say(failure.sentence());
            codes.add(ExitCode.of(failure.kind()));
          }
        }
      }
    }
    all.sort(Comparator.comparing(Freshness::job));
    tell(all);
    if (all.stream().anyMatch(Freshness::isStale)) {
      codes.add(ExitCode.TRY_AGAIN);
    }
    return ExitCode.of(codes).number();
  }

  /** Says who was asked: the two may differ by what others settled since the daemon looked. */
  private void say(Definitions.Daemon settings, int told, int rest) {
    String address = RunningDaemon.address(settings);
    if (told > 0) {
      console.say(
          "told by the daemon at "
              + address
              + (rest > 0
                  ? ", which does not know " + Texts.count(rest, "job") + ": read from the ledger"
                  : ""));
    } else if (at != null) {
      console.say("read from the ledger, as if it were " + at);
    } else {
      console.say(
          "read from the ledger: no daemon of these definitions answers"
              + (settings.port() == 0 ? "" : " at " + address));
    }
  }

  private void tell(List<Freshness> all) {
    if (options.json()) {
      all.forEach(each -> console.json(each.document()));
      return;
    }
    Table table = new Table(List.of("JOB", "COMPLETE UNTIL", "AGE", "MAX AGE", "STATE"));
    all.forEach(each -> table.row(each.row()));
    table.print(console.out());
  }
}
