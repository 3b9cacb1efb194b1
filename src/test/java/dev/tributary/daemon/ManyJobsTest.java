package dev.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.app.Workshop;
import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import dev.tributary.run.RunListener;
import dev.tributary.testing.Counts;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon with a great many jobs starts soon, and looks at all of them in a moment. */
class ManyJobsTest {

  private static final int JOBS = Counts.of(2_000, 10_000);
  private static final int JOBS_A_FILE = 1_000;
  private static final Duration LONGEST_START = Duration.ofSeconds(5);
  private static final Duration LONGEST_PASS = Duration.ofSeconds(1);

  private Path folder;

  @BeforeEach
  void begin(@TempDir Path empty) {
    folder = empty;
  }

  @Test
  void manyJobsAreLoadedInSecondsAndReconciledWithinOne() throws Exception {
    write();
    long begin = System.nanoTime();
    try (Workshop workshop = new Workshop(64L << 20, Map.of(), InstantSource.system());
        Daemon daemon =
            new Daemon(
                workshop.kit(),
                OpenLanes.of(workshop),
                () -> set(DefinitionReader.read(folder.resolve("jobs"))),
                folder.resolve("jobs"),
                RunListener.NONE,
                Map.of())) {
      Thread loop = new Thread(daemon::run, "loop");
      loop.start();
      while (!daemon.isReady()) {
        TimeUnit.MILLISECONDS.timedJoin(loop, 10);
      }
      Duration start = since(begin);
      while (daemon.state().jobs().stream().anyMatch(job -> job.problem().isPresent())) {
        TimeUnit.MILLISECONDS.timedJoin(loop, 10);
      }
      begin = System.nanoTime();
      daemon.reconcile();
      Duration pass = since(begin);
      long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      System.out.printf(
          "%d jobs: started in %d ms, reconciled in %d ms, heap %d MiB%n",
          JOBS, start.toMillis(), pass.toMillis(), used >> 20);
      assertThat(daemon.state().jobs()).hasSize(JOBS);
      assertThat(start).isLessThan(LONGEST_START);
      assertThat(pass).isLessThan(LONGEST_PASS);
      daemon.stop();
      loop.join();
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static JobSet set(Definitions definitions) {
    return new JobSet(
        definitions.jobs(),
        Set.of(),
        List.of(),
        new JobSet.Limits(4, 1),
        new JobSet.Pace(Duration.ofMinutes(1), Duration.ofSeconds(1)));
  }

  private void write() throws Exception {
    Path jobs = Files.createDirectories(folder.resolve("jobs"));
    Files.writeString(
        jobs.resolve("places.yaml"),
        """
        sources:
          plant: {url: 'grpc://127.0.0.1:1'}
        destinations:
          lake: {url: '%s'}
        """
            .formatted(Definition.url(folder.resolve("lake"))));
    for (int first = 0; first < JOBS; first += JOBS_A_FILE) {
      StringBuilder yaml = new StringBuilder("jobs:\n");
      for (int number = first; number < first + JOBS_A_FILE; number++) {
        yaml.append(job(number));
      }
      Files.writeString(jobs.resolve("jobs-" + first + ".yaml"), yaml);
    }
  }

  private static String job(int number) {
    return """
          job-%d:
            source: plant
            bucket: home
            sql: |
              SELECT DATE_BIN(INTERVAL '1 hour', time) AS time, room, avg(temp) AS temp
              FROM home WHERE time >= $start AND time < $end GROUP BY 1, room
            zone: Europe/Berlin
            window: {every: 1d, start: 2099-01-01}
            schedule: "%d 2 * * *"
            destination: {to: lake}
        """
        .formatted(number, number % 60);
  }
}
