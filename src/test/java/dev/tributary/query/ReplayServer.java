package dev.tributary.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.auth.ServerAuthHandler;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A real Flight server on loopback that plays a script, or answers of a real InfluxDB 3 as they
 * were recorded: keep-alives, status code and message included.
 */
public final class ReplayServer implements AutoCloseable {

  /** Plays one answer; returning without {@link Answer#fail} is the OK end of the stream. */
  @FunctionalInterface
  public interface Script {
    void play(JsonNode ticket, Answer answer) throws Exception;
  }

  /** How a server is to listen: the token it wants, and TLS. */
  public record Door(Optional<String> token, Optional<SslContext> tls) {
    public static final Door OPEN = new Door(Optional.empty(), Optional.empty());

    public static Door wanting(String token) {
      return new Door(Optional.of(token), Optional.empty());
    }

    public static Door encrypted(SslContext tls) {
      return new Door(Optional.empty(), Optional.of(tls));
    }
  }

  private static final JsonMapper JSON = new JsonMapper();
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String MARK = "status of script ";

  private final BufferAllocator allocator = new RootAllocator();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Status> statuses = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final List<JsonNode> tickets = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final boolean encrypted;
  private final Script script;
  private final Server server;

  private ReplayServer(Script script, Door door) throws IOException {
    this.script = script;
    this.encrypted = door.tls().isPresent();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(ServerInterceptors.intercept(service(), new Gate(door.token())));
    door.tls().ifPresent(builder::sslContext);
    this.server = builder.build().start();
  }

  // the library has no other way to say "without its own handshake"
  @SuppressWarnings("deprecation")
  private BindableService service() {
    return FlightGrpcUtils.createFlightService(
        allocator, new Producer(), ServerAuthHandler.NO_OP, threads);
  }

  /** A server that answers these recorded queries, and no other. */
  public static ReplayServer replaying(Golden... answers) throws IOException {
    return scripted(
        (ticket, answer) -> {
          for (Golden golden : answers) {
            if (golden.answers(ticket)) {
              answer.replay(golden);
              return;
            }
          }
          answer.fail(Status.UNIMPLEMENTED.withDescription("no recorded answer to " + ticket));
        },
        Door.OPEN);
  }

  /** A server that plays this script at every query. */
  public static ReplayServer scripted(Script script) throws IOException {
    return scripted(script, Door.OPEN);
  }

  /** A server that plays this script at every query that comes through the door. */
  public static ReplayServer scripted(Script script, Door door) throws IOException {
    return new ReplayServer(script, door);
  }

  public int port() {
    return server.getPort();
  }

  /** For {@code url} of a source. */
  public String url() {
    return (encrypted ? "grpc+tls" : "grpc") + "://127.0.0.1:" + port();
  }

  /** Every ticket so far. */
  public List<JsonNode> tickets() {
    return List.copyOf(tickets);
  }

  /** Every {@code authorization} header so far; empty text where there was none. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** Stops at once. */
  @Override
  public void close() {
    stopping.countDown();
    server.shutdownNow();
    threads.shutdown();
    try {
      server.awaitTermination(10, TimeUnit.SECONDS);
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      allocator.close();
    } catch (IllegalStateException e) {
      // the library forgets batches that were under way when a client left; only the client's
      // memory is under test
    }
  }

  /** One answer being given. */
  public final class Answer {

    private final org.apache.arrow.flight.FlightProducer.ServerStreamListener out;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    private Answer(org.apache.arrow.flight.FlightProducer.ServerStreamListener out) {
      this.out = out;
      out.setOnCancelHandler(cancelled::countDown);
    }

    /** For batches of a script's own. */
    public BufferAllocator allocator() {
      return allocator;
    }

    /** Names the columns; returns the root to fill, which the script closes. */
    public VectorSchemaRoot columns(Schema schema) {
      VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
      out.start(root);
      return root;
    }

    /** Names the columns of a root of the script's own, with its dictionaries. */
    public void columns(VectorSchemaRoot root, DictionaryProvider dictionaries) {
      out.start(root, dictionaries);
    }

    /** Sends what the root holds, when the client has room for it. */
    public void batch() throws InterruptedException {
      while (!out.isReady() && !pause(1)) {
        // the client is slow
      }
      if (!out.isCancelled()) {
        out.putNext();
      }
    }

    /** Sends a batch without rows. */
    public void keepAlive(VectorSchemaRoot root) throws InterruptedException {
      root.setRowCount(0);
      batch();
    }

    /** Waits; true as soon as the client has ended the call or the server stops. */
    public boolean pause(long millis) throws InterruptedException {
      if (cancelled.await(millis, TimeUnit.MILLISECONDS) || out.isCancelled()) {
        return true;
      }
      return stopping.getCount() == 0;
    }

    /** Says nothing more until the client ends the call. */
    public void fallSilent() throws InterruptedException {
      while (!pause(100)) {
        // silence
      }
    }

    /** Ends the answer with this status, code and text as they are. */
    public void fail(Status status) {
      String mark = MARK + count.incrementAndGet() + " ";
      statuses.put(mark.strip(), status);
      throw CallStatus.INTERNAL.withDescription(mark.strip()).toRuntimeException();
    }

    /** Plays a recorded answer to its end. */
    public void replay(Golden golden) throws Exception {
      if (golden.arrows().isPresent()) {
        try (ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(golden.arrows().get()), allocator)) {
          out.start(reader.getVectorSchemaRoot());
          while (reader.loadNextBatch()) {
            batch();
          }
        }
      }
      if (!golden.status().isOk()) {
        fail(golden.status());
      }
    }
  }

  private final class Producer extends NoOpFlightProducer {
    @Override
    public void getStream(CallContext context, Ticket ticket, ServerStreamListener out) {
      try {
        JsonNode json = JSON.readTree(ticket.getBytes());
        tickets.add(json);
        script.play(json, new Answer(out));
        out.completed();
      } catch (Exception e) {
        out.error(e);
      }
    }
  }

  /** Checks the token, and puts a script's status in place of the library's. */
  private final class Gate implements ServerInterceptor {
    private final Optional<String> token;

    Gate(Optional<String> token) {
      this.token = token;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String sent = headers.get(AUTHORIZATION);
      authorizations.add(sent == null ? "" : sent);
      if (token.isPresent() && !("Bearer " + token.get()).equals(sent)) {
        call.close(Status.UNAUTHENTICATED.withDescription("Unauthenticated"), new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
              String said = String.valueOf(status.getDescription());
              Status wanted = statuses.remove(said);
              super.close(
                  wanted == null ? status : wanted, wanted == null ? trailers : new Metadata());
            }
          },
          headers);
    }
  }
}
