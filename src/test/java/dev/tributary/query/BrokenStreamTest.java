package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.Source;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that end too early, too late or never. */
@Timeout(60)
class BrokenStreamTest {

  private static final boolean FULL = "full".equals(System.getProperty("tributary.test.counts"));

  private final BufferAllocator memory = new RootAllocator();

  @AfterEach
  void nothingIsKept() {
    assertThat(memory.getAllocatedMemory()).as("bytes kept").isZero();
    memory.close();
  }

  @Test
  void rowsThatCameBeforeAFailureDoNotMakeItACompleteResult() throws Exception {
    for (int good = 0; good <= 12; good++) {
      int batches = good;
      ReplayServer.Script script =
          (ticket, answer) -> {
            Rows.batches(batches).play(ticket, answer);
            answer.fail(Status.RESOURCE_EXHAUSTED.withDescription("Resources exhausted: x"));
          };
      try (ReplayServer server = ReplayServer.scripted(script);
          FlightSource source = source(Sources.at(server.url()))) {
        int rows = 0;
        try (BatchStream stream = source.open(Sources.request(Sources.SELECT))) {
          Failure failure = null;
          while (failure == null) {
            try {
              assertThat(stream.next()).as("after %d of %d rows", rows, batches * 100).isTrue();
              rows += stream.batch().getRowCount();
            } catch (Failure e) {
              failure = e;
            }
          }
          assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
          assertThat(catchThrowableOfType(Failure.class, stream::next).kind())
              .as("asked once more")
              .isEqualTo(Kind.TOO_LARGE);
        }
        assertThat(rows).isEqualTo(batches * 100);
      }
    }
  }

  @Test
  void aCodeThatTheLibraryWouldBlurIsToldApart() throws Exception {
    assertThat(kindOf(Status.FAILED_PRECONDITION.withDescription("licence")))
        .isEqualTo(Kind.UNREACHABLE);
    assertThat(kindOf(Status.INVALID_ARGUMENT.withDescription("bad"))).isEqualTo(Kind.REFUSED);
    assertThat(kindOf(Status.ABORTED)).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void aSilentServerIsLeftBeforeAndAfterItsSchema() throws Exception {
    List<ReplayServer.Script> scripts =
        List.of(
            (ticket, answer) -> answer.fallSilent(),
            (ticket, answer) -> {
              try (VectorSchemaRoot root = answer.columns(Rows.SCHEMA)) {
                Rows.fill(root, 0, 10, 8);
                answer.batch();
                answer.fallSilent();
              }
            });
    for (ReplayServer.Script script : scripts) {
      CountDownLatch left = new CountDownLatch(1);
      ReplayServer.Script watched =
          (ticket, answer) -> {
            script.play(ticket, answer);
            left.countDown();
          };
      try (ReplayServer server = ReplayServer.scripted(watched);
          FlightSource source =
              source(Sources.idle(Sources.at(server.url()), Duration.ofMillis(150)))) {
        Failure failure = failure(source, Sources.request(Sources.SELECT));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.sentence()).contains("the server sent nothing for 150ms; ");
        assertThat(left.await(10, TimeUnit.SECONDS)).as("the server learnt of it").isTrue();
      }
    }
  }

  @Test
  void keepAlivesHoldAStreamOpenAndRowsAfterThemAreRead() throws Exception {
    ReplayServer.Script script =
        (ticket, answer) -> {
          try (VectorSchemaRoot root = answer.columns(Rows.SCHEMA)) {
            for (int i = 0; i < 20; i++) {
              answer.pause(50);
              answer.keepAlive(root);
            }
            Rows.fill(root, 0, 7, 8);
            answer.batch();
          }
        };
    try (ReplayServer server = ReplayServer.scripted(script);
        FlightSource source =
            source(Sources.idle(Sources.at(server.url()), Duration.ofMillis(700)))) {
      assertThat(Sources.drain(source, Sources.request(Sources.SELECT))).containsExactly(7);
    }
  }

  @Test
  void aServerThatOnlyKeepsAliveMeetsTheDeadline() throws Exception {
    ReplayServer.Script script =
        (ticket, answer) -> {
          try (VectorSchemaRoot root = answer.columns(Rows.SCHEMA)) {
            while (!answer.pause(20)) {
              answer.keepAlive(root);
            }
          }
        };
    try (ReplayServer server = ReplayServer.scripted(script);
        FlightSource source = source(Sources.at(server.url()))) {
      Failure failure = failure(source, Sources.within(Duration.ofMillis(400)));
      assertThat(failure.kind()).isEqualTo(Kind.TOO_SLOW);
      assertThat(failure.sentence()).contains("no complete answer within 400ms; raise 'timeout'");
    }
  }

  @Test
  void aSlowReaderIsNotTakenForASilentServer() throws Exception {
    try (ReplayServer server = ReplayServer.scripted(Rows.batches(30));
        FlightSource source =
            source(Sources.idle(Sources.at(server.url()), Duration.ofMillis(600)));
        BatchStream stream = source.open(Sources.request(Sources.SELECT))) {
      CountDownLatch never = new CountDownLatch(1);
      int batches = 0;
      while (stream.next()) {
        batches++;
        if (batches <= 2) {
          assertThat(never.await(900, TimeUnit.MILLISECONDS)).isFalse();
        }
      }
      assertThat(batches).isEqualTo(30);
    }
  }

  @Test
  void aConnectionThatIsCutAnywhereIsNeverAShortResult() throws Exception {
    try (ReplayServer server = ReplayServer.scripted(Rows.batches(20))) {
      long whole;
      try (CuttingRelay relay = new CuttingRelay(server.port(), Long.MAX_VALUE);
          FlightSource source = source(Sources.at(relay.url()))) {
        assertThat(Sources.drain(source, Sources.request(Sources.SELECT))).hasSize(20);
        whole = relay.passed();
      }
      long seed = 20261123;
      Random random = new Random(seed);
      int cuts = FULL ? 1_000 : 60;
      int broken = 0;
      for (int i = 0; i < cuts; i++) {
        long cut = i < 10 ? i * 9L : random.nextLong(whole);
        try (CuttingRelay relay = new CuttingRelay(server.port(), cut);
            FlightSource source = source(Sources.at(relay.url()))) {
          // the server's pings vary, so a late cut may come after the end
          assertThat(Sources.drain(source, Sources.request(Sources.SELECT)))
              .as("cut after %d of %d bytes, seed %d", cut, whole, seed)
              .hasSize(20);
        } catch (Failure failure) {
          broken++;
          assertThat(failure.kind()).as(failure.sentence()).isEqualTo(Kind.UNREACHABLE);
        }
      }
      assertThat(broken).as("cuts that were noticed").isGreaterThan(cuts * 9 / 10);
    }
  }

  @Test
  void anInterruptEndsTheCallAndIsPassedOn() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    ReplayServer.Script script =
        (ticket, answer) -> {
          try (VectorSchemaRoot root = answer.columns(Rows.SCHEMA)) {
            Rows.fill(root, 0, 10, 8);
            answer.batch();
            asked.countDown();
            answer.fallSilent();
            left.countDown();
          }
        };
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (ReplayServer server = ReplayServer.scripted(script);
        FlightSource source = source(Sources.at(server.url()))) {
      CountDownLatch reading = new CountDownLatch(1);
      Future<Boolean> flag =
          threads.submit(
              () -> {
                Failure failure;
                try (BatchStream stream = source.open(Sources.request(Sources.SELECT))) {
                  stream.next();
                  reading.countDown();
                  failure = catchThrowableOfType(Failure.class, stream::next);
                }
                assertThat(failure.kind()).isEqualTo(Kind.TRY_AGAIN);
                return Thread.currentThread().isInterrupted();
              });
      assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
      threads.shutdownNow();
      assertThat(flag.get(10, TimeUnit.SECONDS)).as("interrupt flag").isTrue();
      assertThat(left.await(10, TimeUnit.SECONDS)).as("the server learnt of it").isTrue();
    }
  }

  @Test
  void closingTheSourceEndsWhatIsOpen() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ReplayServer.Script script =
        (ticket, answer) -> {
          asked.countDown();
          answer.fallSilent();
        };
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (ReplayServer server = ReplayServer.scripted(script)) {
      FlightSource source = source(Sources.at(server.url()));
      Future<Failure> reader =
          threads.submit(() -> failure(source, Sources.request(Sources.SELECT)));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      source.close();
      assertThat(reader.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.TRY_AGAIN);
      assertThat(failure(source, Sources.request(Sources.SELECT)).kind()).isEqualTo(Kind.TRY_AGAIN);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anAnswerWithoutASchemaIsNoResult() throws Exception {
    try (ReplayServer server = ReplayServer.scripted((ticket, answer) -> {});
        FlightSource source = source(Sources.at(server.url()))) {
      Failure failure = failure(source, Sources.request(Sources.SELECT));
      assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failure.sentence()).contains("not one of an InfluxDB 3 server");
    }
  }

  @Test
  void aStreamLeftEarlyEndsTheCallAtTheServer() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    ReplayServer.Script script =
        (ticket, answer) -> {
          try (VectorSchemaRoot root = answer.columns(Rows.SCHEMA)) {
            Rows.fill(root, 0, 10, 8);
            answer.batch();
            answer.fallSilent();
            left.countDown();
          }
        };
    try (ReplayServer server = ReplayServer.scripted(script);
        FlightSource source = source(Sources.at(server.url()))) {
      try (BatchStream stream = source.open(Sources.request(Sources.SELECT))) {
        assertThat(stream.next()).isTrue();
      }
      assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Kind kindOf(Status status) throws Exception {
    try (ReplayServer server = ReplayServer.scripted((ticket, answer) -> answer.fail(status));
        FlightSource source = source(Sources.at(server.url()))) {
      return failure(source, Sources.request(Sources.SELECT)).kind();
    }
  }

  private FlightSource source(Source source) {
    return FlightSource.open(source, Sources.NO_SECRETS, memory, FlightSource.STREAM_BYTES);
  }

  private static Failure failure(FlightSource source, BatchSource.Request request) {
    return catchThrowableOfType(Failure.class, () -> Sources.drain(source, request));
  }
}
