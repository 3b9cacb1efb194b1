package dev.tributary.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * One result on its way to one caller: the schema, then batches as the engine makes them, and empty
 * ones while it is silent. The engine works on another thread, for nothing interrupts it; a caller
 * who leaves is let go at once, and the engine's work is thrown away when it is done.
 */
final class ResultStream {

  private static final Duration POLL = Duration.ofMillis(20);
  private static final long NOT_READY_NANOS = 200_000;

  private final SandboxSettings settings;
  private final Executor workers;
  private final CountDownLatch stopping;
  private final ServerStreamListener caller;
  private final WireBatches wire;
  private int sent;

  /**
   * A stream that has not begun.
   *
   * @param stopping falls when the sandbox is closed: delays end then
   */
  ResultStream(
      SandboxSettings settings,
      Executor workers,
      CountDownLatch stopping,
      ServerStreamListener caller,
      WireBatches wire) {
    this.settings = settings;
    this.workers = workers;
    this.stopping = stopping;
    this.caller = caller;
    this.wire = wire;
  }

  /**
   * Sends everything and closes the reader, sooner or later.
   *
   * @param exhaustion with which the query fails, before its rows or in their midst
   */
  void send(ArrowReader reader, Optional<Refusal> exhaustion) throws Refusal {
    CompletableFuture<Boolean> next = CompletableFuture.completedFuture(false);
    try {
      // fails when the server is closed meanwhile, and the reader is to be closed all the same
      caller.start(wire.root());
      next =
          CompletableFuture.supplyAsync(
              () -> delayed(reader, exhaustion.isPresent() && settings.batchesFirst() == 0),
              workers);
      while (await(next)) {
        if (settings.batchesFirst() == 0) {
          failIfExhausted(exhaustion);
        }
        VectorSchemaRoot batch = reader.getVectorSchemaRoot();
        for (int from = 0; from < batch.getRowCount(); from += WireBatches.MOST_ROWS) {
          wire.load(batch, from, Math.min(WireBatches.MOST_ROWS, batch.getRowCount() - from));
          breakOffIfTold();
          put();
          sent++;
          if (sent >= settings.batchesFirst()) {
            failIfExhausted(exhaustion);
          }
        }
        next = CompletableFuture.supplyAsync(() -> load(reader), workers);
      }
      failIfExhausted(exhaustion);
    } catch (IOException e) {
      throw EngineErrors.execution(e);
    } finally {
      closeAfter(next, reader);
    }
  }

  private void failIfExhausted(Optional<Refusal> exhaustion) throws Refusal {
    if (exhaustion.isPresent() && !caller.isCancelled()) {
      wire.loadNothing();
      put();
      throw exhaustion.get();
    }
  }

  private boolean delayed(ArrowReader reader, boolean exhausted) {
    long began = System.nanoTime();
    try {
      while (System.nanoTime() - began < settings.latency().toNanos()) {
        if (caller.isCancelled() || stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new CancellationException();
        }
      }
      return exhausted || load(reader);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  private static boolean load(ArrowReader reader) {
    try {
      return reader.loadNextBatch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is a batch; signs of life go out meanwhile. False for a caller who has left. */
  private boolean await(CompletableFuture<Boolean> next) throws IOException, Refusal {
    long spoke = System.nanoTime();
    while (!caller.isCancelled()) {
      try {
        return next.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - spoke >= settings.keepAlive().toNanos()) {
          wire.loadNothing();
          put();
          spoke = System.nanoTime();
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CancellationException) {
          throw stopped();
        }
        throw e.getCause() instanceof UncheckedIOException io
            ? io.getCause()
            : new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw stopped();
      }
    }
    return false;
  }

  /** Never an OK end of stream: rows are missing. */
  private static Refusal stopped() {
    return new Refusal(CallStatus.UNAVAILABLE, "the sandbox is being stopped");
  }

  private void breakOffIfTold() throws Refusal {
    if (settings.breakOffAfter().isPresent() && sent >= settings.breakOffAfter().getAsInt()) {
      throw new Refusal(
          CallStatus.UNAVAILABLE, "the sandbox was told to break off after batch " + sent);
    }
  }

  private void put() {
    while (!caller.isReady() && !caller.isCancelled()) {
      LockSupport.parkNanos(NOT_READY_NANOS);
    }
    if (!caller.isCancelled()) {
      caller.putNext();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to hear of the outcome
  private static void closeAfter(CompletableFuture<Boolean> last, ArrowReader reader) {
    last.whenComplete((more, error) -> close(reader));
  }

  static void close(ArrowReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
