package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.land.Destination;
import dev.tributary.land.LocalDestination;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import dev.tributary.query.FlightSource;
import dev.tributary.query.Memory;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that halts at every point of its dealings with the destination, one after the other.
 */
class CrashPointsTest {

  /** One window is due: the last hour of the sample data. */
  private static final Instant NOW = Instant.parse("2022-01-01T21:10:00Z");

  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard().withClock(InstantSource.fixed(NOW)));
    sandbox.loadHome("home");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void aCrashAnywhereIsCompletedByTheNextRunAndAfterPublishingWithoutAnotherQuery(
      @TempDir Path folder) throws Exception {
    int points = 0;
    int published = 0;
    for (int point = 1; ; point++) {
      Path round = folder.resolve("round-" + point);
      Path lake = round.resolve("lake");
      Job job = Definition.only(round, newestHour(lake));
      String at;
      try (ChildJvm child =
          ChildJvm.start(
              WriterProcess.class,
              List.of(round.toString(), NOW.toString(), Integer.toString(point)))) {
        int code = child.await();
        at = child.printed().strip();
        if (code == 0) {
          break;
        }
        assertThat(code).as(at).isEqualTo(WriterProcess.HALTED);
      }
      points++;
      Lake crashed = new Lake(lake);
      assertThat(crashed.violations()).as(at).isEmpty();
      boolean wasVisible = !crashed.visible().isEmpty();
      int queries = completeAfter(job, at);
      assertThat(crashed.visible()).as(at).hasSize(1);
      assertThat(crashed.receipts()).as(at).hasSize(1);
      assertThat(crashed.violations()).as(at).isEmpty();
      assertThat(crashed.staged()).as(at).isEmpty();
      assertThat(queries).as("queries after a crash at '%s'", at).isEqualTo(wasVisible ? 0 : 1);
      published += wasVisible ? 1 : 0;
    }
    assertThat(points).as("points at which a process was halted").isGreaterThan(10);
    assertThat(published).as("of them with the file visible").isGreaterThan(2);
  }

  private static String newestHour(Path lake) {
    return Definition.hourly(sandbox.url(), lake)
        .replace("start: 2022-01-01}", "start: 2022-01-01T20:00:00Z}");
  }

  /** The next run, by another process's worth of parts; gives how many queries it sent. */
  private static int completeAfter(Job job, String at) throws Exception {
    AtomicInteger queries = new AtomicInteger();
    try (Memory memory = new Memory(64L << 20);
        BatchSource source =
            counting(FlightSource.open(job.source(), secret -> "", memory), queries);
        Destination destination = LocalDestination.open(job.target().destination())) {
      destination.sweep();
      PassReport report =
          WriterProcess.pass(job, source, destination, memory, InstantSource.fixed(NOW));
      assertThat(report.refusals()).as(at).isEmpty();
      assertThat(report.outcomes()).as(at).allMatch(Outcome.Settled.class::isInstance);
    }
    return queries.get();
  }

  private static BatchSource counting(BatchSource inner, AtomicInteger queries) {
    return new BatchSource() {
      @Override
      public BatchStream open(Request request) throws Failure {
        queries.incrementAndGet();
        return inner.open(request);
      }

      @Override
      public Instant now(String bucket) throws Failure {
        return inner.now(bucket);
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }
}
