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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

  /** Processes at once. */
  private static final int ABREAST = Math.max(2, Runtime.getRuntime().availableProcessors());

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
    List<Boolean> published = new ArrayList<>();
    Deque<Writer> writers = new ArrayDeque<>();
    try {
      for (int point = 1; ; point++) {
        // the next ones start while this one is looked at
        while (writers.size() < ABREAST) {
          writers.add(Writer.start(folder, point + writers.size()));
        }
        try (Writer writer = writers.removeFirst()) {
          int code = writer.child().await();
          String at = writer.child().printed().strip();
          if (code == 0) {
            break;
          }
          assertThat(code).as(at).isEqualTo(WriterProcess.HALTED);
          published.add(isMadeGood(writer, at));
        }
      }
    } finally {
      writers.forEach(Writer::close);
    }
    assertThat(published).as("points at which a process was halted").hasSizeGreaterThan(10);
    assertThat(published)
        .as("with the file visible")
        .filteredOn(each -> each)
        .hasSizeGreaterThan(2);
  }

  /** A process that is halted, on ground of its own. */
  private record Writer(Path lake, Job job, ChildJvm child) implements AutoCloseable {

    static Writer start(Path folder, int point) throws Exception {
      Path round = folder.resolve("round-" + point);
      Path lake = round.resolve("lake");
      Job job = Definition.only(round, newestHour(lake));
      List<String> words = List.of(round.toString(), NOW.toString(), Integer.toString(point));
      return new Writer(lake, job, ChildJvm.start(WriterProcess.class, words));
    }

    @Override
    public void close() {
      child.close();
    }
  }

  /** Completes what a crash left, and gives whether its file was visible before. */
  private static boolean isMadeGood(Writer writer, String at) throws Exception {
    Lake crashed = new Lake(writer.lake());
    assertThat(crashed.violations()).as(at).isEmpty();
    boolean wasVisible = !crashed.visible().isEmpty();
    int queries = completeAfter(writer.job(), at);
    assertThat(crashed.visible()).as(at).hasSize(1);
    assertThat(crashed.receipts()).as(at).hasSize(1);
    assertThat(crashed.violations()).as(at).isEmpty();
    assertThat(crashed.staged()).as(at).isEmpty();
    assertThat(queries).as("queries after a crash at '%s'", at).isEqualTo(wasVisible ? 0 : 1);
    return wasVisible;
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
