package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.daemon.Daemon;
import dev.tributary.daemon.JobSet;
import dev.tributary.daemon.Lanes;
import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import dev.tributary.definition.Diagnostic;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.run.Lane;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps going: settles every window as it falls due. */
@Command(
    name = "daemon",
    description = "Keep going: settle every window as it falls due.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "SIGHUP reads the definitions again, as does a change of their files. SIGTERM takes no new",
      "window and ends with 0 when idle, with 75 when work was left; a second one ends at once."
    })
final class DaemonCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  DaemonCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Definitions first = options.read(console);
    Path path = options.path(console);
    List<Definitions> begin = new ArrayList<>(List.of(first));
    InstantSource clock = InstantSource.system();
    CompletableFuture<Boolean> left = new CompletableFuture<>();
    try (Workshop workshop =
            new Workshop(first.limits().memoryBytes(), console.environment(), clock);
        Lookout lookout = new Lookout(first, console.environment(), clock);
        Daemon daemon =
            new Daemon(
                workshop.kit(),
                lanes(workshop),
                // what was read for the start is not read twice
                () -> jobSet(begin.isEmpty() ? again(path) : begin.remove(0)),
                path,
                lookout.listener(),
                console.environment())) {
      stopOnSignals(daemon, left);
      Signals.on("HUP", daemon::reload);
      lookout.over(daemon);
      console.say("daemon started with " + Texts.count(first.jobs().size(), "job"));
      daemon.run();
      boolean work = left.get();
      console.say(work ? "stopped; work was left" : "stopped");
      if (daemon.state().scheduler().running() > 0) {
        // what is still under way must not meet a workshop that is being closed
        Runtime.getRuntime().halt(ExitCode.TRY_AGAIN.number());
      }
      return (work ? ExitCode.TRY_AGAIN : ExitCode.DONE).number();
    }
  }

  private void stopOnSignals(Daemon daemon, CompletableFuture<Boolean> left) {
    AtomicBoolean once = new AtomicBoolean();
    Runnable stop =
        () -> {
          if (!once.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(ExitCode.TRY_AGAIN.number());
          }
          left.complete(daemon.stop());
        };
    Signals.on("TERM", stop);
    Signals.on("INT", stop);
  }

  private Definitions again(Path path) {
    Definitions definitions = DefinitionReader.read(path);
    definitions.diagnostics().forEach(diagnostic -> console.say(diagnostic.rendered()));
    return definitions;
  }

  private JobSet jobSet(Definitions definitions) {
    List<String> mistakes = new ArrayList<>();
    definitions.diagnostics().stream()
        .filter(Diagnostic::isError)
        .forEach(diagnostic -> mistakes.add(diagnostic.headline()));
    return new JobSet(
        definitions.jobs(),
        definitions.broken(),
        mistakes,
        new JobSet.Limits(definitions.limits().runs(), definitions.limits().perJob()),
        new JobSet.Pace(definitions.daemon().reconcile(), definitions.daemon().grace()));
  }

  private static Lanes lanes(Workshop workshop) {
    return new Lanes() {
      @Override
      public Lane lane(Job job) throws Failure {
        return workshop.lane(job);
      }

      @Override
      public void keepOnly(Collection<Job> jobs) {
        workshop.keepOnly(jobs);
      }

      @Override
      public void hangUp() {
        workshop.hangUp();
      }
    };
  }
}
