package dev.tributary.daemon;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that look into jobs, and those that settle windows. Safe for several threads. */
final class Workers implements AutoCloseable {

  private static final int LOOKS = 4;

  private final ThreadPoolExecutor looks = pool("look", LOOKS);
  private final ThreadPoolExecutor turns = pool("window", 1);

  private static ThreadPoolExecutor pool(String name, int size) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            // after the end nobody waits for it
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** As many windows at once from now on. */
  void resize(int runs) {
    if (runs > turns.getMaximumPoolSize()) {
      turns.setMaximumPoolSize(runs);
      turns.setCorePoolSize(runs);
    } else {
      turns.setCorePoolSize(runs);
      turns.setMaximumPoolSize(runs);
    }
  }

  Executor looks() {
    return looks;
  }

  Executor turns() {
    return turns;
  }

  @Override
  public void close() {
    looks.shutdownNow();
    turns.shutdownNow();
  }
}
