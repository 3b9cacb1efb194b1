package dev.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.run.Outcome;
import dev.tributary.run.RunListener;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Counts;
import dev.tributary.testing.Definition;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that has made very many runs holds no more than one that has made a few. */
class LongRunTest {

  private static final int WARM = 200;
  private static final int RUNS = Counts.of(1_000, 10_000);

  private Path folder;

  @BeforeEach
  void begin(@TempDir Path empty) {
    folder = empty;
  }

  /** What a process holds. */
  private record Holding(int threads, long files, long direct, long reserved, long staged) {}

  @Test
  void threadsFilesAndMemoryStayAsTheyWereAfterAFewRuns() throws Exception {
    CountDownLatch few = new CountDownLatch(WARM);
    CountDownLatch many = new CountDownLatch(WARM + RUNS);
    RunListener counting =
        new RunListener() {
          @Override
          public void ended(Outcome outcome) {
            few.countDown();
            many.countDown();
          }
        };
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard())) {
      sandbox.loadHome("home");
      String yaml = Definition.hourly(sandbox.url(), folder.resolve("lake"));
      Definitions definitions =
          Definition.read(folder, yaml.replace("catchup: 3d", "catchup: all"));
      JobSet set =
          new JobSet(
              definitions.jobs(),
              Set.of(),
              List.of(),
              new JobSet.Limits(2, 2),
              new JobSet.Pace(Duration.ofMinutes(1), Duration.ofSeconds(10)));
      try (Workshop workshop = new Workshop(256L << 20, Map.of(), InstantSource.system());
          Daemon daemon =
              new Daemon(
                  workshop.kit(), OpenLanes.of(workshop), () -> set, folder, counting, Map.of())) {
        Thread loop = new Thread(daemon::run, "loop");
        loop.start();
        assertThat(few.await(1, TimeUnit.MINUTES)).isTrue();
        Holding before = holding(workshop);
        assertThat(many.await(20, TimeUnit.MINUTES)).isTrue();
        Holding after = holding(workshop);
        System.out.println(
            before + " after " + WARM + " runs, " + after + " after " + RUNS + " more");
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 2);
        assertThat(after.files()).isLessThanOrEqualTo(before.files() + 8);
        assertThat(after.direct()).isLessThanOrEqualTo(before.direct() + (8 << 20));
        assertThat(after.reserved()).isLessThanOrEqualTo(before.reserved() + (64 << 20));
        assertThat(after.staged()).isLessThanOrEqualTo(4);
        daemon.stop();
        loop.join();
        assertThat(holding(workshop).reserved()).isZero();
        assertThat(staged()).isZero();
      }
    }
  }

  private Holding holding(Workshop workshop) throws IOException {
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Holding(
        Thread.activeCount(),
        count(Path.of("/proc/self/fd")),
        direct,
        workshop.kit().memory().allocator().getAllocatedMemory(),
        staged());
  }

  private long staged() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("lake/_tributary/staging"))) {
      return files.filter(file -> !file.toString().endsWith(".lock")).count();
    }
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
