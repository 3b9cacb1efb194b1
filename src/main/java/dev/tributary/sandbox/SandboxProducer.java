package dev.tributary.sandbox;

import dev.tributary.sandbox.influxql.InfluxqlEngine;
import dev.tributary.sandbox.influxql.InfluxqlRefusal;
import dev.tributary.sandbox.influxql.InfluxqlResult;
import dev.tributary.sandbox.table.Tables;
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
    Limits limits = new Limits(settings, database.tables());
    if (request.language() == Request.Language.SQL) {
      sql(request, database, limits, settings, caller);
    } else {
      influxql(request, database.tables(), limits, settings, caller);
    }
  }

  private void sql(
      Request request,
      Database database,
      Limits limits,
      SandboxSettings settings,
      ServerStreamListener caller)
      throws Refusal {
    Instant now = settings.clock().instant();
    String sql = ParameterBinding.bind(request.text(), request.parameters());
    List<Scan> scans = limits.any() ? database.scans(sql, now) : List.of();
    limits.checkFiles(scans);
    send(database.plan(sql, now), limits.exhaustion(scans), settings, caller);
  }

  private void influxql(
      Request request,
      Tables tables,
      Limits limits,
      SandboxSettings settings,
      ServerStreamListener caller)
      throws Refusal {
    InfluxqlEngine engine = new InfluxqlEngine(tables, settings.clock());
    try {
      List<Scan> scans =
          limits.any()
              ? engine.readings(request.text(), request.plainParameters()).stream()
                  .map(Scan::of)
                  .toList()
              : List.of();
      limits.checkFiles(scans);
      InfluxqlResult result = engine.execute(request.text(), request.plainParameters());
      send(new InfluxqlReader(allocator, result), limits.exhaustion(scans), settings, caller);
    } catch (InfluxqlRefusal e) {
      throw Refusal.of(e);
    }
  }

  private void send(
      ArrowReader reader,
      Optional<Refusal> exhaustion,
      SandboxSettings settings,
      ServerStreamListener caller)
      throws Refusal {
    try (WireBatches wire = wire(reader)) {
      new ResultStream(settings, workers, stopping, caller, wire).send(reader, exhaustion);
    }
  }

  /** Closes the reader if its result cannot be sent. */
  private WireBatches wire(ArrowReader reader) throws Refusal {
    try {
      return new WireBatches(allocator, reader.getVectorSchemaRoot().getSchema());
    } catch (IOException e) {
      ResultStream.close(reader);
      throw EngineErrors.execution(e);
    } catch (Refusal e) {
      ResultStream.close(reader);
      throw e;
    }
  }
}
