package dev.tributary.query;

import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import io.grpc.Status;
import java.util.Optional;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer of a Flight server. The library's own exceptions only say that something went wrong;
 * what it was is read from the {@link Exchange}.
 */
final class FlightBatches implements BatchStream {

  private static final Logger LOG = LoggerFactory.getLogger(FlightBatches.class);

  private final Asked asked;
  private final Exchange exchange;
  private final FlightClient client;
  private final BufferAllocator allocator;
  private final FlightStream stream;
  private final Runnable whenClosed;
  private @Nullable Columns columns;
  private @Nullable VectorSchemaRoot batch;
  private boolean closed;

  /**
   * Sends the ticket; nothing has been answered yet.
   *
   * @param client used for this call alone, and closed with it
   * @param allocator the memory of this answer, closed with it
   * @param whenClosed told once, last
   */
  FlightBatches(
      Asked asked, Call call, FlightClient client, BufferAllocator allocator, Runnable whenClosed) {
    this.asked = asked;
    this.exchange = call.exchange();
    this.client = client;
    this.allocator = allocator;
    this.whenClosed = whenClosed;
    this.exchange.watchdog().waiting();
    this.stream = client.getStream(call.ticket(), call.options());
  }

  /** A ticket and how to send it. */
  record Call(Ticket ticket, Exchange exchange, org.apache.arrow.flight.CallOption timeout) {
    org.apache.arrow.flight.CallOption[] options() {
      return new org.apache.arrow.flight.CallOption[] {exchange, timeout};
    }
  }

  /** Waits until the server has named the columns or ended the call. */
  void awaitColumns(BatchSource.Request request) throws Failure {
    try {
      exchange.awaitAnswer();
      if (!stream.hasRoot()) {
        throw broken(new IllegalStateException("the answer has no schema"));
      }
      columns = Columns.of(stream.getRoot(), stream.getDictionaryProvider(), allocator, request);
      exchange.watchdog().busy();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  /** How the call ended, if it did and not well. */
  Optional<Status> ended() {
    return exchange.ended().filter(status -> !status.isOk());
  }

  void stop(Exchange.Stop reason) {
    exchange.stop(reason);
  }

  @Override
  public Schema schema() {
    return columns().schema();
  }

  @Override
  public boolean next() throws Failure {
    if (closed) {
      throw new IllegalStateException("the stream is closed");
    }
    batch = null;
    exchange.watchdog().waiting();
    try {
      while (stream.next()) {
        if (stream.getRoot().getRowCount() > 0 && !schema().getFields().isEmpty()) {
          batch = columns().rows();
          return true;
        }
      }
      return false;
    } catch (RuntimeException e) {
      throw Contact.find(e, InterruptedException.class).isPresent() ? interrupted() : broken(e);
    } finally {
      exchange.watchdog().busy();
    }
  }

  @Override
  public VectorSchemaRoot batch() {
    if (batch == null) {
      throw new IllegalStateException("no batch was loaded");
    }
    return batch;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    exchange.stop(Exchange.Stop.ABANDONED);
    exchange.watchdog().close();
    // the library drains the call while it closes, and would not with an interrupt pending
    boolean interrupted = Thread.interrupted();
    try {
      if (columns != null) {
        columns.close();
      }
      closeQuietly(stream);
      closeQuietly(client);
      if (allocator.getAllocatedMemory() > 0) {
        LOG.warn("{} bytes of an answer from {} stay taken", allocator.getAllocatedMemory(), asked);
      }
      closeQuietly(allocator);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      whenClosed.run();
    }
  }

  private Columns columns() {
    if (columns == null) {
      throw new IllegalStateException("the server has not named the columns yet");
    }
    return columns;
  }

  private Failure interrupted() {
    exchange.stop(Exchange.Stop.INTERRUPTED);
    Thread.currentThread().interrupt();
    return asked.failure(
        Failure.Kind.TRY_AGAIN,
        "this process is being stopped",
        "nothing of the answer is kept, the next run asks again");
  }

  private Failure broken(RuntimeException problem) {
    Optional<Exchange.Stop> stopped = exchange.stopped();
    if (stopped.isPresent()) {
      return ended(stopped.get());
    }
    if (lacksMemory(problem)) {
      return tooLarge();
    }
    Optional<Status> bad = ended();
    if (bad.isEmpty()) {
      return asked.failure(
          Failure.Kind.REFUSED,
          "the answer is not one of an InfluxDB 3 server: "
              + asked.quoted(String.valueOf(problem.getMessage())),
          "check what 'url' of the source points at");
    }
    return failure(bad.get());
  }

  private Failure failure(Status status) {
    if (lacksMemory(status.getCause())) {
      return tooLarge();
    }
    Optional<Failure> lost =
        columns == null ? Contact.never(status, asked) : Contact.lost(status, asked);
    return lost.isPresent() ? lost.get() : refused(status);
  }

  private Failure refused(Status status) {
    Failure refused = Refusal.classify(status.getCode(), text(status), asked);
    // columns come before the work: a server that did not name them would not be helped by less
    return columns == null && refused.kind() == Failure.Kind.TOO_SLOW
        ? new Failure(Failure.Kind.UNREACHABLE, refused.sentence())
        : refused;
  }

  /**
   * What the server said, as {@link Refusal} wants it; never null. Of a gateway's answer only its
   * HTTP status, for what follows are its headers.
   */
  static String text(Status status) {
    String said = status.getDescription() == null ? "" : status.getDescription();
    return said.startsWith("HTTP status code") ? said.lines().findFirst().orElse("") : said;
  }

  private Failure ended(Exchange.Stop reason) {
    return switch (reason) {
      case SILENCE ->
          asked.failure(
              Failure.Kind.UNREACHABLE,
              "the server sent nothing for " + Durations.text(asked.source().timeouts().idle()),
              "another attempt may succeed; if it is only slow, raise 'timeouts.idle' of the"
                  + " source");
      case SOURCE_CLOSED, INTERRUPTED, ABANDONED ->
          asked.failure(
              Failure.Kind.TRY_AGAIN,
              "this process is being stopped",
              "nothing of the answer is kept, the next run asks again");
    };
  }

  private Failure tooLarge() {
    return asked.failure(
        Failure.Kind.TOO_LARGE,
        "its batches do not fit into the %d MiB set aside for one answer"
            .formatted(allocator.getLimit() >> 20),
        "ask for a smaller range or fewer columns");
  }

  private static boolean lacksMemory(@Nullable Throwable problem) {
    return Contact.find(problem, OutOfMemoryException.class).isPresent()
        || Contact.find(problem, OutOfMemoryError.class).isPresent();
  }

  /**
   * An end that was bad is bad again at close. What matters was said when it came, without the
   * token, which the library's exceptions may repeat: they are never logged.
   */
  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // said before
    }
  }
}
