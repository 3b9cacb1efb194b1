package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.Source;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one answer may hold, and that it gives everything back. */
@Timeout(60)
class BoundedMemoryTest {

  private static final boolean FULL = "full".equals(System.getProperty("tributary.test.counts"));

  private final BufferAllocator memory = new RootAllocator();

  @AfterEach
  void nothingIsKept() {
    assertThat(memory.getAllocatedMemory()).as("bytes kept").isZero();
    memory.close();
  }

  @Test
  void aBatchBeyondTheMemorySetAsideIsAFailure() throws Exception {
    ReplayServer.Script script =
        (ticket, answer) -> {
          try (VectorSchemaRoot root = answer.columns(Rows.SCHEMA)) {
            Rows.fill(root, 0, 10, 8);
            answer.batch();
            Rows.fill(root, 0, 3_000, 1_000);
            answer.batch();
          }
        };
    try (ReplayServer server = ReplayServer.scripted(script);
        FlightSource source =
            FlightSource.open(Sources.at(server.url()), Sources.NO_SECRETS, memory, 2L << 20)) {
      Failure failure = failure(source, Sources.request(Sources.SELECT));
      assertThat(failure.kind()).as(failure.sentence()).isEqualTo(Kind.TOO_LARGE);
      assertThat(failure.sentence()).contains("ask for a smaller range");
    }
  }

  @Test
  void batchesThatTogetherExceedTheMemorySetAsideAreAFailure() throws Exception {
    ReplayServer.Script script =
        (ticket, answer) -> {
          try (VectorSchemaRoot root = answer.columns(Rows.SCHEMA)) {
            for (int i = 0; i < 10; i++) {
              Rows.fill(root, 0, 1_000, 1_000);
              answer.batch();
            }
          }
        };
    try (ReplayServer server = ReplayServer.scripted(script);
        FlightSource source =
            FlightSource.open(Sources.at(server.url()), Sources.NO_SECRETS, memory, 3L << 20)) {
      try (BatchStream stream = source.open(Sources.request(Sources.SELECT))) {
        CountDownLatch never = new CountDownLatch(1);
        assertThat(never.await(500, TimeUnit.MILLISECONDS)).isFalse();
        while (stream.next()) {
          assertThat(memory.getAllocatedMemory()).isLessThanOrEqualTo(3L << 20);
        }
      } catch (Failure failure) {
        assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(failure.sentence()).contains("the 3 MiB set aside for one answer");
        return;
      }
      throw new AssertionError("10 MB passed through 3 MiB");
    }
  }

  @Test
  void streamsLeftWhileBatchesAreUnderWayKeepNoMemory() throws Exception {
    try (ReplayServer server = ReplayServer.scripted(Rows.batches(50));
        FlightSource source = source(Sources.at(server.url()))) {
      int leavings = FULL ? 2_000 : 150;
      for (int i = 0; i < leavings; i++) {
        try (BatchStream stream = source.open(Sources.request(Sources.SELECT))) {
          for (int batch = 0; batch < i % 7; batch++) {
            assertThat(stream.next()).isTrue();
          }
        }
        assertThat(memory.getAllocatedMemory()).as("bytes kept after stream %d", i).isZero();
      }
    }
  }

  @Test
  void aSlowReaderHoldsAFewBatchesHoweverManyTheServerHas() throws Exception {
    ReplayServer.Script endless =
        (ticket, answer) -> {
          try (VectorSchemaRoot root = answer.columns(Rows.SCHEMA)) {
            while (!answer.pause(0)) {
              Rows.fill(root, 0, 1_000, 1_000);
              answer.batch();
            }
          }
        };
    try (ReplayServer server = ReplayServer.scripted(endless);
        FlightSource source = source(Sources.at(server.url()));
        BatchStream stream = source.open(Sources.request(Sources.SELECT))) {
      CountDownLatch never = new CountDownLatch(1);
      for (int i = 0; i < 20; i++) {
        assertThat(stream.next()).isTrue();
        assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(memory.getAllocatedMemory()).isLessThan(16L << 20);
      }
    }
  }

  @Test
  void aStreamThatNobodyReadsDoesNotHoldUpAnother() throws Exception {
    ReplayServer.Script large =
        (ticket, answer) -> {
          try (VectorSchemaRoot root = answer.columns(Rows.SCHEMA)) {
            for (int i = 0; i < 40; i++) {
              Rows.fill(root, 0, 1_000, 1_000);
              answer.batch();
            }
          }
        };
    try (ReplayServer server = ReplayServer.scripted(large);
        FlightSource source = source(Sources.at(server.url()));
        BatchStream unread = source.open(Sources.request(Sources.SELECT));
        BatchStream unreadToo = source.open(Sources.request(Sources.SELECT))) {
      assertThat(Sources.drain(source, Sources.request(Sources.SELECT))).hasSize(40);
      assertThat(unread.next()).isTrue();
      assertThat(unreadToo.next()).isTrue();
    }
  }

  private FlightSource source(Source source) {
    return FlightSource.open(source, Sources.NO_SECRETS, memory, FlightSource.STREAM_BYTES);
  }

  private static Failure failure(FlightSource source, BatchSource.Request request) {
    return catchThrowableOfType(Failure.class, () -> Sources.drain(source, request));
  }
}
