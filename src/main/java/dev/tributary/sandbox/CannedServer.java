package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A server on the loopback address without an engine: its clock when asked for that, else always
 * the same few rows. Enough for a rehearsal where the sandbox's engine is not installed. Safe for
 * several threads.
 */
public final class CannedServer implements AutoCloseable {

  private static final int ROWS = 24;
  private static final long NANOS_PER_ROW = 3_600_000_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final Schema COLUMNS =
      new Schema(
          List.of(
              Field.nullable("time", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null)),
              Field.nullable("room", ArrowType.Utf8.INSTANCE),
              Field.nullable("temp", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
              Field.nullable("count", new ArrowType.Int(64, true)),
              Field.nullable("on", ArrowType.Bool.INSTANCE)));

  private final BufferAllocator allocator = new RootAllocator();
  private final InstantSource clock;
  private final Instant first;
  private final FlightServer server;

  private CannedServer(Instant first, InstantSource clock) throws IOException {
    this.first = first;
    this.clock = clock;
    this.server =
        FlightServer.builder(allocator, Location.forGrpcInsecure("127.0.0.1", 0), new Producer())
            .build()
            .start();
  }

  /**
   * Starts on a port of the system's choosing.
   *
   * @param first time of the first row; the others follow, an hour apart, for a day
   */
  public static CannedServer start(Instant first, InstantSource clock) throws IOException {
    return new CannedServer(first, clock);
  }

  /** Where to reach it, as a source's {@code url}. */
  public String url() {
    return "grpc://127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdown();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    allocator.close();
  }

  private final class Producer extends NoOpFlightProducer {
    @Override
    public void getStream(CallContext call, Ticket ticket, ServerStreamListener caller) {
      String asked = new String(ticket.getBytes(), StandardCharsets.UTF_8);
      int rows = asked.contains("now()") ? 1 : ROWS;
      Instant start = rows == 1 ? clock.instant() : first;
      try (VectorSchemaRoot batch = VectorSchemaRoot.create(COLUMNS, allocator)) {
        fill(batch, start, rows);
        caller.start(batch);
        caller.putNext();
        caller.completed();
      }
    }

    private void fill(VectorSchemaRoot batch, Instant start, int rows) {
      long nanos = start.getEpochSecond() * NANOS_PER_SECOND + start.getNano();
      for (int row = 0; row < rows; row++) {
        ((TimeStampNanoVector) batch.getVector("time")).setSafe(row, nanos + row * NANOS_PER_ROW);
        byte[] room = ("room-" + row % 3).getBytes(StandardCharsets.UTF_8);
        ((VarCharVector) batch.getVector("room")).setSafe(row, room);
        ((Float8Vector) batch.getVector("temp")).setSafe(row, 20 + row / 7.0);
        ((BigIntVector) batch.getVector("count")).setSafe(row, row);
        ((BitVector) batch.getVector("on")).setSafe(row, row % 2);
      }
      batch.setRowCount(rows);
    }
  }
}
