package dev.tributary.encode;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/** Parts of the budget that are large, and so waited for while other runs hold them. */
final class Room {

  /** A run that waits holds up its source's stream, so it does not wait for ever. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final long BETWEEN_NANOS = Duration.ofMillis(20).toNanos();

  private Room() {}

  /**
   * Reserves a part of the budget, and waits for at most half a minute while other runs hold parts
   * of this name.
   *
   * @throws OutOfMemoryException if there was no room in all that time, or nobody else holds any
   */
  static BufferAllocator reserve(BufferAllocator memory, String name, long bytes) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      boolean others =
          memory.getChildAllocators().stream().anyMatch(part -> part.getName().equals(name));
      try {
        return memory.newChildAllocator(name, bytes, bytes);
      } catch (OutOfMemoryException e) {
        if (!others || System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
  }
}
