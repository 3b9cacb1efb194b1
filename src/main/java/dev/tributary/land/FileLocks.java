package dev.tributary.land;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Locks that exclude other threads by a permit and other processes by a file. The permit comes
 * first: a process that opened and closed the file a second time would lose its lock.
 */
final class FileLocks {

  private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

  private final DiskCalls disk;

  FileLocks(DiskCalls disk) {
    this.disk = disk;
  }

  /** Waits for its turn; released on close, from any thread. */
  Destination.Lock acquire(Path file, boolean acrossProcesses) throws IOException {
    Semaphore turn = TURNS.computeIfAbsent(file, path -> new Semaphore(1));
    try {
      turn.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
    try {
      FileChannel channel = acrossProcesses ? locked(file) : null;
      AtomicBoolean released = new AtomicBoolean();
      return () -> {
        if (released.compareAndSet(false, true)) {
          if (channel != null) {
            closeQuietly(channel);
          }
          turn.release();
        }
      };
    } catch (IOException | RuntimeException | Error e) {
      turn.release();
      throw e;
    }
  }

  private FileChannel locked(Path file) throws IOException {
    FileChannel channel = disk.openLockFile(file);
    try {
      disk.lock(channel);
      return channel;
    } catch (IOException | RuntimeException | Error e) {
      closeQuietly(channel);
      throw e;
    }
  }

  static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // the lock goes with the process at the latest
    }
  }
}
