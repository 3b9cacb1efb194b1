package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Main;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a daemon's process works on in a test: a server, definitions and a lake, all of its own. */
record DaemonGround(Path folder, Path lake, Sandbox sandbox) implements AutoCloseable {

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  static DaemonGround in(Path folder) throws Exception {
    return in(folder, SandboxSettings.standard());
  }

  static DaemonGround in(Path folder, SandboxSettings settings) throws Exception {
    Sandbox sandbox = Sandbox.start(settings);
    sandbox.loadHome("home");
    return new DaemonGround(folder, folder.resolve("lake"), sandbox);
  }

  ChildJvm daemon() throws IOException {
    return ChildJvm.start(Main.class, List.of("daemon", "--config", config().toString()));
  }

  Path config() {
    return folder.resolve("jobs.yaml");
  }

  /** Replaces the definitions in one step. */
  void write(String yaml) throws IOException {
    Path next = folder.resolve("next.tmp");
    Files.writeString(next, yaml);
    Files.move(next, config(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A job with few windows, all of which are soon done. */
  String monthly(String job) {
    return yaml(job, "1mo");
  }

  /** A job with tens of thousands of windows to make up for. */
  String hourly(String job) {
    return yaml(job, "1h");
  }

  private String yaml(String job, String every) {
    return """
        daemon: {grace: 60s, http: {port: 0}}
        limits: {runs: 2, per_job: 2}
        sources:
          plant: {url: 'grpc://127.0.0.1:%d'}
        destinations:
          lake: {url: '%s'}
        jobs:
          %s:
            source: plant
            bucket: home
            sql: |
              SELECT DATE_BIN(INTERVAL '1 hour', time) AS time, room, avg(temp) AS temp
              FROM home WHERE time >= $start AND time < $end GROUP BY 1, room
            window: {every: %s, start: 2022-01-01}
            destination: {to: lake}
        """
        .formatted(sandbox.port(), Definition.url(lake), job, every);
  }

  /** A port for a daemon that others are to find by its definitions. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The HTTP port that a daemon chose. */
  static int port(ChildJvm daemon) throws Exception {
    daemon.awaitWords("http began");
    Matcher port = Pattern.compile("http began .*port=(\\d+)").matcher(daemon.printed());
    assertThat(port.find()).as(daemon.printed()).isTrue();
    return Integer.parseInt(port.group(1));
  }

  void awaitManifests(String job, int count) throws Exception {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (manifests(job).size() < count) {
      assertThat(System.nanoTime()).as("%s of %s", manifests(job).size(), count).isLessThan(end);
      pause(20);
    }
  }

  /** Waits until no window of a job came for a second. */
  void awaitQuiet(String job) throws Exception {
    int before;
    do {
      before = manifests(job).size();
      pause(1_000);
    } while (manifests(job).size() > before);
  }

  static void pause(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.timedJoin(Thread.currentThread(), millis);
  }

  List<String> manifests(String job) throws IOException {
    return files(lake.resolve("_tributary").resolve(job).resolve("windows"));
  }

  /** Files that a writer has not published yet. */
  List<String> staged() throws IOException {
    return files(lake.resolve("_tributary/staging")).stream()
        .filter(file -> !file.endsWith(".lock"))
        .toList();
  }

  List<String> data(String job) throws IOException {
    return files(lake.resolve(job));
  }

  private static List<String> files(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    } catch (UncheckedIOException e) {
      // a file went while it was listed
      return files(folder);
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
