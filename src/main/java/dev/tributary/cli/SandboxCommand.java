package dev.tributary.cli;

import dev.tributary.job.Failure;
import dev.tributary.sandbox.CpuSample;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the demo's server alone, until it is stopped. */
@Command(
    name = "sandbox",
    description = "Run a small server that speaks InfluxDB 3's dialect, with sample data.",
    mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

  private static final CpuSample CPU =
      new CpuSample(
          4, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(2), Duration.ofSeconds(10), 1);

  private final Console console;

  @Option(
      names = "--port",
      description = "Port on 127.0.0.1; 0 lets the system choose. Default ${DEFAULT-VALUE}.")
  private int port = 8181;

  @Option(names = "--token-file", description = "A file with the token that clients must send.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--load",
      paramLabel = "FILE",
      description = "Line protocol with nanoseconds, loaded into database 'home'.")
  private @Nullable Path load;

  @Option(
      names = "--file-limit",
      paramLabel = "N",
      description =
          "Refuse queries over more than N files, as a server does; each covers ten minutes.")
  private @Nullable Integer fileLimit;

  SandboxCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    SandboxSettings settings = SandboxSettings.standard().withPort(port);
    if (tokenFile != null) {
      settings = settings.withToken(text(tokenFile).strip());
    }
    if (fileLimit != null) {
      settings = settings.withFileLimit(fileLimit, settings.fileSpan());
    }
    try (Sandbox sandbox = Sandbox.start(settings)) {
      sandbox.loadHome("home");
      sandbox.loadCpu("metrics", CPU);
      if (load != null) {
        sandbox.load("home", text(load), TimeUnit.NANOSECONDS);
      }
      console.say("sandbox listens on " + sandbox.url() + "; end it with Ctrl-C");
      console.say("database 'home' has table 'home', 26 readings of 2022-01-01");
      console.say("database 'metrics' has table 'cpu', 4 hosts, 2026-01-01 and 02, every 10s");
      new CountDownLatch(1).await();
    }
    return ExitCode.DONE.number();
  }

  private String text(Path file) throws Failure {
    try {
      return Files.readString(console.directory().resolve(file));
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.NOT_FOUND, "cannot read '" + file + "': no such file, or not UTF-8 text", e);
    }
  }
}
