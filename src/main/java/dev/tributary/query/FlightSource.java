package dev.tributary.query;

import dev.tributary.job.Failure;
import dev.tributary.job.Query;
import dev.tributary.job.SecretReader;
import dev.tributary.job.Source;
import dev.tributary.job.Window;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;

/**
 * An InfluxDB 3 server, asked over Arrow Flight. Connects at the first query, reads the token anew
 * for each, and holds at most so many bytes of one answer. Safe for use by several threads.
 */
public final class FlightSource implements BatchSource {

  /** Bytes set aside for one answer: many times the 2 MiB that a server sends at once. */
  public static final long STREAM_BYTES = 128L << 20;

  private static final Query NOW = new Query(Query.Language.SQL, "SELECT now()", List.of());

  static {
    // the command line did so already; other users of this class have not
    LibrarySettings.apply();
  }

  private final Source source;
  private final SecretReader secrets;
  private final BufferAllocator parent;
  private final long streamBytes;
  private final Connection connection;
  private final ScheduledThreadPoolExecutor alarms;
  private final Set<FlightBatches> open = ConcurrentHashMap.newKeySet();

  private FlightSource(
      Source source, SecretReader secrets, BufferAllocator parent, long streamBytes) {
    this.source = source;
    this.secrets = secrets;
    this.parent = parent;
    this.streamBytes = streamBytes;
    this.connection = new Connection(source, (int) Math.min(streamBytes, Integer.MAX_VALUE));
    this.alarms =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "watchdog-" + source.name());
              thread.setDaemon(true);
              return thread;
            });
    alarms.setRemoveOnCancelPolicy(true);
    // a query that meets close() is ended by its channel, not by an alarm
    alarms.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** A source that has not connected yet, whose answers are held within the process's budget. */
  public static FlightSource open(Source source, SecretReader secrets, Memory memory) {
    return open(source, secrets, memory.allocator(), STREAM_BYTES);
  }

  /**
   * A source that has not connected yet.
   *
   * @param secrets asked for the token at each query
   * @param parent must outlive every stream
   * @param streamBytes most memory that one answer may hold, {@link #STREAM_BYTES} by default
   */
  public static FlightSource open(
      Source source, SecretReader secrets, BufferAllocator parent, long streamBytes) {
    return new FlightSource(source, secrets, parent, streamBytes);
  }

  @Override
  public BatchStream open(Request request) throws Failure {
    Optional<String> token =
        source.token().isPresent()
            ? Optional.of(secrets.read(source.token().get()))
            : Optional.empty();
    Asked asked = new Asked(source, request.bucket(), request.timeout(), token);
    FlightBatches batches = send(request, asked);
    boolean answered = false;
    try {
      batches.awaitColumns(request);
      answered = true;
      return batches;
    } catch (Failure failure) {
      if (request.missingTableIsEmpty()
          && batches.ended().filter(this::isMissingTable).isPresent()) {
        return new NoData();
      }
      throw failure;
    } finally {
      if (!answered) {
        batches.close();
      }
    }
  }

  @Override
  public Instant now(String bucket) throws Failure {
    Request request =
        new Request(bucket, NOW, Window.at(Instant.EPOCH), source.timeouts().idle(), false, false);
    try (BatchStream answer = open(request)) {
      if (answer.next()) {
        FieldVector column = answer.batch().getVector(0);
        if (column instanceof TimeStampVector times && !times.isNull(0)) {
          return StreamTimes.instant(times, times.get(0));
        }
      }
    }
    throw new Failure(
        Failure.Kind.REFUSED,
        ("cannot ask source '%s' for its time: the answer to 'SELECT now()' holds none; check"
                + " what 'url' of the source points at")
            .formatted(source.name()));
  }

  @Override
  public void close() {
    alarms.shutdownNow();
    open.forEach(batches -> batches.stop(Exchange.Stop.SOURCE_CLOSED));
    connection.close();
  }

  private FlightBatches send(Request request, Asked asked) throws Failure {
    Exchange exchange =
        new Exchange(
            asked.token(),
            bark ->
                new Watchdog(
                    source.timeouts().idle(),
                    System::nanoTime,
                    (delay, ring) -> alarms.schedule(ring, delay.toNanos(), TimeUnit.NANOSECONDS),
                    bark));
    Ticket ticket =
        new Ticket(
            TicketJson.of(
                request.bucket(), request.query(), request.window(), source.parameters()));
    var channel = connection.channel();
    BufferAllocator memory = parent.newChildAllocator("answer", 0, streamBytes);
    FlightClient client = FlightGrpcUtils.createFlightClientWithSharedChannel(memory, channel);
    FlightBatches.Call call =
        new FlightBatches.Call(
            ticket,
            exchange,
            CallOptions.timeout(request.timeout().toNanos(), TimeUnit.NANOSECONDS));
    FlightBatches[] self = new FlightBatches[1];
    FlightBatches batches =
        new FlightBatches(asked, call, client, memory, () -> open.remove(self[0]));
    self[0] = batches;
    open.add(batches);
    return batches;
  }

  private boolean isMissingTable(Status status) {
    return Refusal.isMissingTable(status.getCode(), FlightBatches.text(status));
  }
}
