package dev.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.app.Workshop;
import dev.tributary.run.RunListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears of a daemon, and when it hears nothing more. */
class SupervisedDaemonTest {

  private static final String WATCHDOG_MICROS = "600000";

  private Path folder;

  @BeforeEach
  void begin(@TempDir Path empty) {
    folder = empty;
  }

  @Test
  void systemdHearsOfReadinessLifeReloadAndTheEnd() throws Exception {
    Path socket = folder.resolve("notify");
    supervised(socket.toString(), socket.toString());
  }

  @Test
  void anAbstractSocketIsSpokenToAsWell() throws Exception {
    String name = "tributary-test-" + ProcessHandle.current().pid();
    supervised("@" + name, "\0" + name);
  }

  private void supervised(String named, String path) throws Exception {
    AtomicReference<CountDownLatch> wedge = new AtomicReference<>();
    try (FakeSystemd systemd = new FakeSystemd(path);
        Workshop workshop = new Workshop(64L << 20, Map.of(), clock(wedge));
        Daemon daemon = daemon(workshop, named)) {
      Thread loop = new Thread(daemon::run, "loop");
      loop.start();
      systemd.await("READY=1");
      systemd.await("WATCHDOG=1");
      systemd.await("WATCHDOG=1");

      daemon.reload();
      assertThat(systemd.await("RELOADING=1"))
          .anyMatch(line -> line.matches("MONOTONIC_USEC=[0-9]+"));
      systemd.await("READY=1");
      assertThat(daemon.state().definitions().version()).isEqualTo(2);

      CountDownLatch release = new CountDownLatch(1);
      wedge.set(release);
      // a loop that hangs gives no sign of life, once what was said before has been heard
      assertThat(systemd.messagesUntilSilentFor(1_500)).isLessThan(3);
      wedge.set(null);
      release.countDown();
      systemd.await("WATCHDOG=1");

      assertThat(daemon.stop()).isFalse();
      systemd.await("STOPPING=1");
      loop.join();
    }
  }

  /** Our time; whoever asks for it hangs while there is a wedge. */
  private static InstantSource clock(AtomicReference<CountDownLatch> wedge) {
    return () -> {
      CountDownLatch held = wedge.get();
      if (held != null) {
        try {
          held.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return InstantSource.system().instant();
    };
  }

  /** With no job at all, so that the loop is all there is. */
  private Daemon daemon(Workshop workshop, String socket) {
    JobSet set =
        new JobSet(
            List.of(),
            Set.of(),
            List.of(),
            new JobSet.Limits(1, 1),
            new JobSet.Pace(Duration.ofMinutes(1), Duration.ofSeconds(1)));
    return new Daemon(
        workshop.kit(),
        OpenLanes.of(workshop),
        () -> set,
        folder,
        RunListener.NONE,
        Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", WATCHDOG_MICROS));
  }
}
