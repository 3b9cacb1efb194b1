package dev.tributary.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Answers queries with made-up rows, and knows how long that took. */
final class Answers extends NoOpFlightProducer {

  private static final Schema CLOCK =
      new Schema(
          List.of(Field.nullable("now()", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null))));
  private static final long PAUSE_NANOS = 50_000;

  private final BufferAllocator memory;
  private final Rows rows;
  private final LongAdder answers = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  Answers(BufferAllocator memory, Rows rows) {
    this.memory = memory;
    this.rows = rows;
  }

  @Override
  public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
    long began = System.nanoTime();
    try {
      Ask ask = Ask.of(new String(ticket.getBytes(), StandardCharsets.UTF_8));
      if (ask.clock()) {
        tellTime(listener);
      } else {
        send(ask, listener);
      }
    } catch (IllegalArgumentException e) {
      listener.error(
          CallStatus.INVALID_ARGUMENT
              .withDescription(String.valueOf(e.getMessage()))
              .toRuntimeException());
    } finally {
      answers.increment();
      nanos.add(System.nanoTime() - began);
    }
  }

  /** How many answers were given since the last call, and the nanoseconds they took. */
  String spent() {
    return answers.sumThenReset() + " " + nanos.sumThenReset();
  }

  private void send(Ask ask, ServerStreamListener listener) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(Rows.SCHEMA, memory)) {
      VectorLoader loader = new VectorLoader(root);
      listener.start(root);
      for (long sent = 0; sent < ask.rows(); sent += root.getRowCount()) {
        // asked again and again: the library's own way of waiting has been seen to miss a wake-up
        while (!listener.isReady() && !listener.isCancelled()) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (listener.isCancelled()) {
          return;
        }
        rows.load(loader, root, ask, sent);
        listener.putNext();
      }
      listener.completed();
    }
  }

  private void tellTime(ServerStreamListener listener) {
    Instant now = InstantSource.system().instant();
    try (VectorSchemaRoot root = VectorSchemaRoot.create(CLOCK, memory)) {
      listener.start(root);
      ((TimeStampNanoVector) root.getVector(0))
          .setSafe(0, ChronoUnit.NANOS.between(Instant.EPOCH, now));
      root.setRowCount(1);
      listener.putNext();
      listener.completed();
    }
  }
}
