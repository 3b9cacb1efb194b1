package dev.tributary.sandbox;

import dev.tributary.job.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * A server on the loopback address that answers as InfluxDB 3 does: SQL over Arrow Flight, its
 * types, its metadata, its errors. Data lives in memory and is gone when it is closed. What it
 * cannot do it refuses by name, "the sandbox does not support …".
 *
 * <p>Safe for several threads.
 */
public final class Sandbox implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final long LAST_QUERIES_SECONDS = 10;

  private final BufferAllocator allocator = new RootAllocator();
  private final Map<String, Database> databases = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ExecutorService workers =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "sandbox-query");
            thread.setDaemon(true);
            return thread;
          });
  private final SandboxProducer producer;
  private final FlightServer server;
  private volatile SandboxSettings settings;

  private Sandbox(SandboxSettings settings) throws IOException {
    this.settings = settings;
    this.producer =
        new SandboxProducer(
            allocator,
            () -> this.settings,
            name -> Optional.ofNullable(databases.get(name)),
            workers,
            stopping);
    this.server =
        FlightServer.builder(
                allocator, Location.forGrpcInsecure(LOOPBACK, settings.port()), producer)
            .executor(workers)
            .middleware(Authorization.KEY, Authorization::read)
            .build()
            .start();
  }

  /**
   * Starts a server without databases.
   *
   * @throws Failure if the SQL engine is missing or does not run here, or the port is taken
   */
  public static Sandbox start(SandboxSettings settings) throws Failure {
    EngineLibrary.require(Sandbox.class.getClassLoader());
    EngineLibrary.load();
    try {
      return new Sandbox(settings);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.CANNOT_WRITE,
          "cannot start the sandbox on port "
              + settings.port()
              + ": the port is taken or not allowed",
          e);
    }
  }

  /** The TCP port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** {@code grpc://127.0.0.1:PORT}, without TLS. */
  public String url() {
    return "grpc://" + LOOPBACK + ":" + port();
  }

  /** How many calls have come in so far, refused ones included. */
  public long queries() {
    return producer.queries();
  }

  /** Makes a database without tables, unless it is there. */
  public void create(String database) {
    database(database);
  }

  /**
   * Adds points; those of a known series and time are merged into it, field by field, the new value
   * winning where there is one.
   *
   * @param precision unit of the times in the text
   * @throws Failure if a line cannot be read or a column changes its kind; nothing is loaded then
   */
  public void load(String database, String lineProtocol, TimeUnit precision) throws Failure {
    database(database).load(lineProtocol, precision, settings.clock().instant());
  }

  /** Loads the measurement {@code home}: two rooms on 2022-01-01, hourly, 26 points. */
  public void loadHome(String database) throws Failure {
    try (InputStream file = Objects.requireNonNull(Sandbox.class.getResourceAsStream("home.lp"))) {
      load(database, new String(file.readAllBytes(), StandardCharsets.UTF_8), TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new IllegalStateException("the sample is not readable", e);
    }
  }

  /** Puts the made-up measurement {@code cpu} in place of one that may be there. */
  public void loadCpu(String database, CpuSample sample) {
    database(database).add(sample.table());
  }

  /** Other behaviour from the next query on; the port stays. */
  public void change(SandboxSettings changed) {
    settings = changed;
  }

  private Database database(String name) {
    return databases.computeIfAbsent(name, absent -> new Database(allocator));
  }

  /** Stops at once; callers whose results are under way see an error. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      server.close();
      workers.shutdown();
      if (!workers.awaitTermination(LAST_QUERIES_SECONDS, TimeUnit.SECONDS)) {
        return; // the engine still computes and nothing stops it; its memory stays until it ends
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    databases.values().forEach(Database::close);
    allocator.close();
  }
}
