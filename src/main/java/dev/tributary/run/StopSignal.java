package dev.tributary.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a pass to take no new window. Safe for use by several threads. */
public final class StopSignal {

  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Asks for the stop; asking again changes nothing. */
  public void stop() {
    stopped.countDown();
  }

  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /**
   * Waits, at most this long.
   *
   * @return whether the stop was asked for, in which case the wait ends at once; an interrupt
   *     counts as one and is kept
   */
  public boolean pause(Duration longest) {
    try {
      return stopped.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
