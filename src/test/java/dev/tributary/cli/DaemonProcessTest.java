package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Main;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon of its own process, against a real server and real files, and every way it ends. */
class DaemonProcessTest {

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Sandbox sandbox;
  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
    lake = folder.resolve("lake");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void everythingDueIsPublishedAndAnIdleDaemonEndsWithZero() throws Exception {
    write(monthly("climate"));
    try (ChildJvm daemon = daemon()) {
      awaitManifests("climate", 12);
      awaitQuiet("climate");
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isZero();
    }
    assertThat(staged()).isEmpty();
  }

  @Test
  void aDaemonWithABacklogEndsWithSeventyFiveAndTheNextOneGoesOn() throws Exception {
    write(hourly("climate"));
    try (ChildJvm daemon = daemon()) {
      awaitManifests("climate", 20);
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
    }
    assertThat(staged()).isEmpty();
    int before = manifests("climate").size();
    try (ChildJvm daemon = daemon()) {
      awaitManifests("climate", before + 20);
      daemon.kill();
    }
    long killed = System.nanoTime();
    before = manifests("climate").size();
    try (ChildJvm daemon = daemon()) {
      awaitManifests("climate", before + 1);
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed)).isLessThan(5_000);
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
    }
    assertThat(staged()).isEmpty();
    assertThat(manifests("climate")).doesNotHaveDuplicates();
  }

  @Test
  void aReloadTakesOverGoodDefinitionsAndKeepsTheOldOnesOverBrokenOnes() throws Exception {
    write(monthly("climate"));
    try (ChildJvm daemon = daemon()) {
      awaitManifests("climate", 12);
      write(monthly("climate") + "\nnonsense: true\n");
      daemon.signal("HUP");
      daemon.awaitWords("old ones stay in force");
      assertThat(daemon.printed()).contains("unknown key 'nonsense'");
      write(monthly("other"));
      daemon.signal("HUP");
      awaitManifests("other", 12);
      awaitQuiet("other");
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isZero();
    }
  }

  @Test
  void aChangedFileIsNoticedWithoutASignal() throws Exception {
    write(monthly("climate"));
    try (ChildJvm daemon = daemon()) {
      awaitManifests("climate", 12);
      write(monthly("other"));
      awaitManifests("other", 12);
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isIn(0, 75);
    }
  }

  @Test
  void aDaemonThatWasPausedDoublesNothing() throws Exception {
    write(hourly("climate"));
    try (ChildJvm daemon = daemon();
        ChildJvm rival = daemon()) {
      awaitManifests("climate", 10);
      daemon.signal("STOP");
      int before = manifests("climate").size();
      awaitManifests("climate", before + 50);
      daemon.signal("CONT");
      awaitManifests("climate", before + 100);
      daemon.terminate();
      rival.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
      assertThat(rival.await()).as(rival.printed()).isEqualTo(75);
    }
    assertThat(staged()).isEmpty();
    List<String> windows = manifests("climate");
    assertThat(windows).allMatch(name -> name.endsWith(".g0001.json"));
    assertThat(data("climate")).hasSameSizeAs(windows);
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    write(hourly("climate").replace("grace: 60s", "grace: 10m"));
    try (ChildJvm daemon = daemon()) {
      awaitManifests("climate", 5);
      sandbox.close();
      daemon.terminate();
      daemon.terminate();
      assertThat(daemon.endsWithin(20_000)).as(daemon.printed()).isTrue();
    }
  }

  private ChildJvm daemon() throws Exception {
    return ChildJvm.start(
        Main.class, List.of("daemon", "--config", folder.resolve("jobs.yaml").toString()));
  }

  private void write(String yaml) throws Exception {
    Path next = folder.resolve("next.tmp");
    Files.writeString(next, yaml);
    Files.move(
        next,
        folder.resolve("jobs.yaml"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private String monthly(String job) {
    return yaml(job, "1mo");
  }

  private String hourly(String job) {
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

  private void awaitManifests(String job, int count) throws Exception {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (manifests(job).size() < count) {
      assertThat(System.nanoTime()).as("%s of %s", manifests(job).size(), count).isLessThan(end);
      TimeUnit.MILLISECONDS.timedJoin(Thread.currentThread(), 20);
    }
  }

  /** Waits until no window of a job came for a second. */
  private void awaitQuiet(String job) throws Exception {
    int before;
    do {
      before = manifests(job).size();
      TimeUnit.SECONDS.timedJoin(Thread.currentThread(), 1);
    } while (manifests(job).size() > before);
  }

  private List<String> manifests(String job) throws Exception {
    return files(lake.resolve("_tributary").resolve(job).resolve("windows"));
  }

  private List<String> staged() throws Exception {
    return files(lake.resolve("_tributary/staging")).stream()
        .filter(file -> !file.endsWith(".lock"))
        .toList();
  }

  private List<String> data(String job) throws Exception {
    return files(lake.resolve(job));
  }

  private static List<String> files(Path folder) throws Exception {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    } catch (java.io.UncheckedIOException e) {
      // a file went while it was listed
      return files(folder);
    }
  }
}
