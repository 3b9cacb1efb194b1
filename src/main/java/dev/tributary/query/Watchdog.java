package dev.tributary.query;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Barks once when a server that we wait for has sent no message for too long. Time that our own
 * side spends between waits does not count. Safe for use by several threads.
 */
final class Watchdog implements AutoCloseable {

  /** Runs something later, unless it is cancelled before. */
  @FunctionalInterface
  interface Alarm {
    Future<?> in(Duration delay, Runnable ring);
  }

  private final long idleNanos;
  private final LongSupplier nanoTime;
  private final Alarm alarm;
  private final Runnable bark;
  private boolean waiting;
  private boolean done;
  private long since;
  private @Nullable Future<?> pending;

  /**
   * @param idle longest silence while we wait
   * @param nanoTime a clock that only moves forward
   * @param bark called at most once, on the alarm's thread
   */
  Watchdog(Duration idle, LongSupplier nanoTime, Alarm alarm, Runnable bark) {
    this.idleNanos = idle.toNanos();
    this.nanoTime = nanoTime;
    this.alarm = alarm;
    this.bark = bark;
  }

  /** From now on we wait for the server. */
  synchronized void waiting() {
    since = nanoTime.getAsLong();
    waiting = true;
    if (pending == null && !done) {
      pending = alarm.in(Duration.ofNanos(idleNanos), this::look);
    }
  }

  /** A message came; a keep-alive counts. */
  synchronized void heard() {
    since = nanoTime.getAsLong();
  }

  /** We are busy with what came; the server owes us nothing. */
  synchronized void busy() {
    waiting = false;
  }

  /** Goes to sleep for ever. */
  @Override
  public synchronized void close() {
    done = true;
    if (pending != null) {
      pending.cancel(false);
    }
  }

  private void look() {
    synchronized (this) {
      if (done) {
        return;
      }
      long silent = waiting ? nanoTime.getAsLong() - since : 0;
      if (silent < idleNanos) {
        pending = alarm.in(Duration.ofNanos(idleNanos - silent), this::look);
        return;
      }
      done = true;
    }
    bark.run();
  }
}
