package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Counts;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon is told to end, wherever it is with a window. */
@Timeout(600)
class DaemonStopTest {

  private static final int ROUNDS = Counts.of(6, 60);
  private static final long SEED = 75;

  private DaemonGround ground;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    ground = DaemonGround.in(folder);
  }

  @AfterEach
  void stop() {
    ground.close();
  }

  @Test
  void aQueryUnderWayIsFinishedWithinTheGrace() throws Exception {
    ground.write(ground.hourly("climate"));
    try (ChildJvm daemon = ground.daemon()) {
      int before = hangInQueries(daemon, Duration.ofSeconds(3));
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
      assertThat(ground.manifests("climate")).hasSizeGreaterThan(before);
    }
    assertThat(ground.staged()).isEmpty();
    whatIsThereIsWhole();
  }

  @Test
  void aQueryThatOutlastsTheGraceIsHungUpAndLeavesNothing() throws Exception {
    ground.write(ground.hourly("climate").replace("grace: 60s", "grace: 1s"));
    try (ChildJvm daemon = ground.daemon()) {
      int before = hangInQueries(daemon, Duration.ofSeconds(50));
      long told = System.nanoTime();
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - told)).isLessThan(15);
      assertThat(daemon.printed()).contains("were not done within the grace time");
      assertThat(ground.manifests("climate")).hasSize(before);
    }
    assertThat(ground.staged()).isEmpty();
    whatIsThereIsWhole();
  }

  @Test
  void aLookUnderWayIsLeftAndTellsOfWork() throws Exception {
    ground.sandbox().change(SandboxSettings.standard().withLatency(Duration.ofSeconds(50)));
    ground.write(ground.hourly("climate"));
    long before = ground.sandbox().queries();
    try (ChildJvm daemon = ground.daemon()) {
      awaitQueries(before + 1);
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
    }
    assertThat(ground.staged()).isEmpty();
  }

  @Test
  void aWindowWhoseRowsAreThereIsPublishedWithinTheGrace() throws Exception {
    ground.write(ground.hourly("climate").replace("grace: 60s", "grace: 60s, log: {level: debug}"));
    Path staging = Files.createDirectories(ground.lake().resolve("_tributary/staging"));
    try (RandomAccessFile file =
            new RandomAccessFile(staging.resolve("job-climate.lock").toFile(), "rw");
        FileLock held = file.getChannel().lock();
        ChildJvm daemon = ground.daemon()) {
      // with the job's lock in our hands it can encode, but not publish
      daemon.awaitWords("window began");
      while (ground.staged().isEmpty()) {
        DaemonGround.pause(10);
      }
      daemon.terminate();
      DaemonGround.pause(500);
      assertThat(ground.manifests("climate")).isEmpty();
      held.release();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
    }
    assertThat(ground.manifests("climate")).isNotEmpty();
    assertThat(ground.staged()).isEmpty();
    whatIsThereIsWhole();
  }

  @Test
  @Timeout(3_600)
  void atAnyMomentItEndsWithSeventyFiveAndTheNextStartGoesOn() throws Exception {
    Random random = new Random(SEED);
    ground.write(ground.hourly("climate"));
    int before = 0;
    for (int round = 0; round < ROUNDS; round++) {
      boolean kill = round % 2 == 1;
      try (ChildJvm daemon = ground.daemon()) {
        ground.awaitManifests("climate", before + 1 + random.nextInt(30));
        TimeUnit.MICROSECONDS.timedJoin(Thread.currentThread(), random.nextInt(30_000));
        if (kill) {
          daemon.kill();
        } else {
          daemon.terminate();
          assertThat(daemon.await())
              .as("round %d of seed %d: %s", round, SEED, daemon.printed())
              .isEqualTo(75);
          assertThat(ground.staged()).as("round %d of seed %d", round, SEED).isEmpty();
        }
      }
      before = ground.manifests("climate").size();
    }
    try (ChildJvm daemon = ground.daemon()) {
      ground.awaitManifests("climate", before + 5);
      daemon.terminate();
      daemon.await();
    }
    assertThat(ground.staged()).isEmpty();
    whatIsThereIsWhole();
  }

  private void whatIsThereIsWhole() throws Exception {
    List<String> windows = ground.manifests("climate");
    assertThat(windows).allMatch(name -> name.endsWith(".g0001.json"));
    assertThat(ground.data("climate")).hasSameSizeAs(windows);
    Typed verified = Typed.in(ground.folder(), "verify", "--config", ground.config().toString());
    assertThat(verified.code()).as(verified.all()).isZero();
  }

  /** Lets some windows through, and then has the next ones wait for their rows. */
  private int hangInQueries(ChildJvm daemon, Duration latency) throws Exception {
    ground.awaitManifests("climate", 5);
    ground.sandbox().change(SandboxSettings.standard().withLatency(latency));
    // what was asked before goes through, and what is asked now hangs
    int before;
    do {
      before = ground.manifests("climate").size();
      DaemonGround.pause(1_000);
    } while (latency.toSeconds() > 10 && ground.manifests("climate").size() > before);
    assertThat(daemon.endsWithin(0)).isFalse();
    return before;
  }

  private void awaitQueries(long count) throws Exception {
    while (ground.sandbox().queries() < count) {
      DaemonGround.pause(10);
    }
  }
}
