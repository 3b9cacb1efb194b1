package dev.tributary.land;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A second process of ours, that says what it does line by line and can be killed. */
public final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
    this.input = process.outputWriter();
  }

  /** Runs a main class, with what it needs on its class path beside our own classes. */
  public static ChildProcess start(Class<?> main, List<Class<?>> libraries, String... arguments)
      throws IOException {
    String classPath =
        Stream.concat(Stream.of(main, LocalDestination.class, Nullable.class), libraries.stream())
            .map(ChildProcess::home)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                classPath,
                main.getName()));
    command.addAll(Arrays.asList(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private static String home(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return Path.of(source.getLocation().getPath()).toString();
  }

  /** The next line, or null when it has ended. */
  public @Nullable String line() throws IOException {
    return output.readLine();
  }

  public void say(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  public long pid() {
    return process.pid();
  }

  /** Any signal by its name, such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, "" + pid()).start().waitFor();
    if (code != 0) {
      throw new AssertionError("cannot send " + name + " to a process that has ended");
    }
  }

  /** As {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end; returns its exit code. */
  public int await() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
