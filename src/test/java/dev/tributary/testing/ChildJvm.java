package dev.tributary.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process of the test's own, with the test's class path; ended with the test. */
public final class ChildJvm implements AutoCloseable {

  private static final long LONGEST_SECONDS = 120;
  private static final long POLL_MILLIS = 10;

  private final Process process;
  private final Path output;

  private ChildJvm(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a main class; what it prints goes to a file. */
  public static ChildJvm start(Class<?> main, List<String> arguments) throws IOException {
    Path output = Files.createTempFile("child", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    return launch(command, Map.of(), output);
  }

  /** Starts a launcher that becomes a Java process, such as the installed program's. */
  public static ChildJvm launch(List<String> command, Map<String, String> environment)
      throws IOException {
    return launch(command, environment, Files.createTempFile("child", ".log"));
  }

  private static ChildJvm launch(List<String> command, Map<String, String> environment, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start(), output);
  }

  /** Waits for the end and gives the exit code. */
  public int await() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("child still ran after " + LONGEST_SECONDS + " s:\n" + printed());
    }
    return process.exitValue();
  }

  /** Waits at most so long; true when the process ended by itself. */
  public boolean endsWithin(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  /** Waits until the process has printed these words, or has ended. */
  public void awaitWords(String words) throws InterruptedException {
    for (long waited = 0; !printed().contains(words); waited += POLL_MILLIS) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      if (waited > LONGEST_SECONDS * 1000) {
        throw new AssertionError("child did not say '" + words + "':\n" + printed());
      }
    }
  }

  /** SIGKILL, and waits until the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The same, unless it has ended by itself; gives whether it had to be killed. */
  public boolean killIfAlive() throws InterruptedException {
    boolean alive = !endsWithin(0);
    if (alive) {
      kill();
    }
    return alive;
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Any signal by its name, such as {@code HUP}. */
  public void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int code = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    if (code != 0) {
      throw new AssertionError(
          "cannot send " + name + " to a process that has ended:\n" + printed());
    }
  }

  /** All threads with names, places and locks, as a support engineer takes them. */
  public String threadDump() throws IOException {
    Process jstack =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jstack").toString(),
                "-l",
                Long.toString(process.pid()))
            .redirectErrorStream(true)
            .start();
    return new String(jstack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** What it printed so far. */
  public String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "(its output cannot be read: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
