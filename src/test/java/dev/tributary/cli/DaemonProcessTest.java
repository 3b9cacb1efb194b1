package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Counts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon of its own process, against a real server and real files, and every way it ends. */
class DaemonProcessTest {

  // what is promised is held at full counts, on a machine of its own
  private static final int LONGEST_START_MILLIS = Counts.of(20_000, 5_000);

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
  void everythingDueIsPublishedAndAnIdleDaemonEndsWithZero() throws Exception {
    ground.write(ground.monthly("climate"));
    try (ChildJvm daemon = ground.daemon()) {
      ground.awaitManifests("climate", 12);
      ground.awaitQuiet("climate");
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isZero();
    }
    assertThat(ground.staged()).isEmpty();
  }

  @Test
  void aDaemonWithABacklogEndsWithSeventyFiveAndTheNextOneGoesOn() throws Exception {
    ground.write(ground.hourly("climate"));
    try (ChildJvm daemon = ground.daemon()) {
      ground.awaitManifests("climate", 20);
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
    }
    assertThat(ground.staged()).isEmpty();
    int before = ground.manifests("climate").size();
    try (ChildJvm daemon = ground.daemon()) {
      ground.awaitManifests("climate", before + 20);
      daemon.kill();
    }
    long killed = System.nanoTime();
    before = ground.manifests("climate").size();
    try (ChildJvm daemon = ground.daemon()) {
      ground.awaitManifests("climate", before + 1);
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed))
          .isLessThan(LONGEST_START_MILLIS);
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
    }
    assertThat(ground.staged()).isEmpty();
    assertThat(ground.manifests("climate")).doesNotHaveDuplicates();
  }

  @Test
  void aReloadTakesOverGoodDefinitionsAndKeepsTheOldOnesOverBrokenOnes() throws Exception {
    ground.write(ground.monthly("climate"));
    try (ChildJvm daemon = ground.daemon()) {
      ground.awaitManifests("climate", 12);
      ground.write(ground.monthly("climate") + "\nnonsense: true\n");
      daemon.signal("HUP");
      daemon.awaitWords("old ones stay in force");
      assertThat(daemon.printed()).contains("unknown key 'nonsense'");
      ground.write(ground.monthly("other"));
      daemon.signal("HUP");
      ground.awaitManifests("other", 12);
      ground.awaitQuiet("other");
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isZero();
    }
  }

  @Test
  void aChangedFileIsNoticedWithoutASignal() throws Exception {
    ground.write(ground.monthly("climate"));
    try (ChildJvm daemon = ground.daemon()) {
      ground.awaitManifests("climate", 12);
      ground.write(ground.monthly("other"));
      ground.awaitManifests("other", 12);
      daemon.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isIn(0, 75);
    }
  }

  @Test
  void aDaemonThatWasPausedDoublesNothing() throws Exception {
    ground.write(ground.hourly("climate"));
    try (ChildJvm daemon = ground.daemon();
        ChildJvm rival = ground.daemon()) {
      ground.awaitManifests("climate", 10);
      daemon.signal("STOP");
      int before = ground.manifests("climate").size();
      long stopped = System.nanoTime();
      while (System.nanoTime() - stopped < TimeUnit.SECONDS.toNanos(Counts.of(2, 60))) {
        DaemonGround.pause(100);
      }
      // one that was stopped under the job's lock holds off the other, so nobody need go on
      // meanwhile
      daemon.signal("CONT");
      ground.awaitManifests("climate", before + 100);
      daemon.terminate();
      rival.terminate();
      assertThat(daemon.await()).as(daemon.printed()).isEqualTo(75);
      assertThat(rival.await()).as(rival.printed()).isEqualTo(75);
    }
    assertThat(ground.staged()).isEmpty();
    List<String> windows = ground.manifests("climate");
    assertThat(windows).allMatch(name -> name.endsWith(".g0001.json"));
    assertThat(ground.data("climate")).hasSameSizeAs(windows);
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    ground.write(ground.hourly("climate").replace("grace: 60s", "grace: 10m"));
    try (ChildJvm daemon = ground.daemon()) {
      ground.awaitManifests("climate", 5);
      ground.sandbox().close();
      daemon.terminate();
      daemon.terminate();
      assertThat(daemon.endsWithin(20_000)).as(daemon.printed()).isTrue();
    }
  }
}
