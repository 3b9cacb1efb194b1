package dev.tributary.cli;

import dev.tributary.run.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns a termination signal into a stop: no new window is taken, what is under way has time to
 * finish, and the process ends with 75. Work that is cut off leaves nothing visible.
 */
final class Termination {

  private static final long GRACE_SECONDS = 25;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  private Termination(StopSignal stop) {
    this.hook =
        new Thread(
            () -> {
              stop.stop();
              await();
              // the JVM would end with 143, which says nothing of work that is left
              Runtime.getRuntime().halt(ExitCode.TRY_AGAIN.number());
            },
            "termination");
  }

  static Termination onSignal(StopSignal stop) {
    Termination termination = new Termination(stop);
    Runtime.getRuntime().addShutdownHook(termination.hook);
    return termination;
  }

  private void await() {
    try {
      if (!ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("stopping with a window under way; it stays open");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work has ended by itself; from here on the process ends as usual. */
  void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyStopping) {
      // the hook is running and will end the process
    }
  }
}
