package dev.tributary.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code DoGet}, the one call that InfluxDB's clients make. */
final class SandboxProducer extends NoOpFlightProducer {

  private static final Logger LOG = LoggerFactory.getLogger(SandboxProducer.class);

  private final BufferAllocator allocator;
  private final Supplier<SandboxSettings> settings;
  private final Function<String, Optional<Database>> databases;
  private final ExecutorService workers;
  private final CountDownLatch stopping;
  private final AtomicLong queries = new AtomicLong();

  SandboxProducer(
      BufferAllocator allocator,
      Supplier<SandboxSettings> settings,
      Function<String, Optional<Database>> databases,
      ExecutorService workers,
      CountDownLatch stopping) {
    this.allocator = allocator;
    this.settings = settings;
    this.databases = databases;
    this.workers = workers;
    this.stopping = stopping;
  }

  long queries() {
    return queries.get();
  }

  @Override
  public void getStream(CallContext call, Ticket ticket, ServerStreamListener caller) {
    queries.incrementAndGet();
    try {
      Request request = Request.read(ticket.getBytes());
      SandboxSettings now = settings.get();
      call.getMiddleware(Authorization.KEY).require(now.token());
      answer(request, now, caller);
      if (!caller.isCancelled()) {
        caller.completed();
      }
    } catch (Refusal e) {
      caller.error(e.onTheWire());
    } catch (RuntimeException e) {
      LOG.error("a query of the sandbox failed by a bug", e);
      caller.error(
          CallStatus.INTERNAL
              .withDescription("the sandbox failed by a bug: " + e)
              .toRuntimeException());
    }
  }

  private void answer(Request request, SandboxSettings settings, ServerStreamListener caller)
      throws Refusal {
    Database database =
        databases
            .apply(request.database())
            .orElseThrow(
                () ->
                    new Refusal(
                        CallStatus.INTERNAL,
                        "Cannot retrieve database: External error: database not found: "
                            + request.database()));
    Instant now = settings.clock().instant();
    if (request.language() == Request.Language.INFLUXQL) {
      throw Refusal.unsupported("InfluxQL");
    }
    String sql = ParameterBinding.bind(request.text(), request.parameters());
    Limits limits = new Limits(settings, database.tables());
    List<Scan> scans = limits.any() ? database.scans(sql, now) : List.of();
    limits.checkFiles(scans);
    send(database.plan(sql, now), limits.exhaustion(scans), settings, caller);
  }

  private void send(
      ArrowReader reader,
      Optional<Refusal> exhaustion,
      SandboxSettings settings,
      ServerStreamListener caller)
      throws Refusal {
    try (WireBatches wire = new WireBatches(allocator, reader.getVectorSchemaRoot().getSchema())) {
      new ResultStream(settings, workers, stopping, caller, wire).send(reader, exhaustion);
    } catch (IOException e) {
      throw EngineErrors.execution(e);
    }
  }
}
