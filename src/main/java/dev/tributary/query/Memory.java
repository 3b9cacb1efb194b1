package dev.tributary.query;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * The process's one memory budget, from which every run reserves: batches on their way, row groups
 * under construction. Safe for use by several threads; close it last.
 */
public final class Memory implements AutoCloseable {

  private final BufferAllocator allocator;

  /**
   * A budget.
   *
   * @param bytes the most that all runs together may reserve
   */
  public Memory(long bytes) {
    this.allocator = new RootAllocator(bytes);
  }

  /** For the packages that work on vectors. */
  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public void close() {
    allocator.close();
  }
}
