package dev.tributary.land.objectstore;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.JobName;
import dev.tributary.land.Destination;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One writer of a job at a time in this process. Other processes are kept apart by the conditions
 * of the store, so this costs no request.
 */
final class JobLocks {

  private final Map<JobName, Semaphore> turns = new ConcurrentHashMap<>();

  Destination.Lock lock(JobName job) throws Failure {
    Semaphore turn = turns.computeIfAbsent(job, name -> new Semaphore(1));
    try {
      turn.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(
          Kind.TRY_AGAIN, "cannot lock job '" + job + "': it was interrupted; nothing was written");
    }
    AtomicBoolean held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        turn.release();
      }
    };
  }
}
