package dev.tributary.cli;

import dev.tributary.job.Failure;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the demo's server alone, until it is stopped. */
@Command(
    name = "sandbox",
    description = "Run a small server that speaks InfluxDB 3's dialect, with sample data.",
    mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--port", description = "Port on 127.0.0.1; 0 lets the system choose. Default ${DEFAULT-VALUE}.")
  private int port = 8181;

  @Option(names = "--token-file", description = "A file with the token that clients must send.")
  private @Nullable Path tokenFile;

  @Option(names = "--load", paramLabel = "FILE", description = "Line protocol, nanoseconds, loaded into database 'home'.")
  private @Nullable Path load;

  SandboxCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    try (Sandbox sandbox = Sandbox.start(settings())) {
      sandbox.loadSamples();
      if (load != null) {
        sandbox.load("home", text(load), Sandbox.Precision.NANOSECONDS);
      }
      console.say("sandbox listens on " + sandbox.url() + "; database 'home' holds table 'home', database 'metrics' table 'cpu'; stop it with Ctrl-C");
      new CountDownLatch(1).await();
    }
    return ExitCode.DONE.number();
  }
}
