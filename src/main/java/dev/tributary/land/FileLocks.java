package dev.tributary.land;

import dev.tributary.job.Durations;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Locks that exclude other threads by a permit and other processes by a file. The permit comes
 * first: a process that opened and closed the file a second time would lose its lock.
 */
final class FileLocks {

  private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

  /** A lock is held for a few calls to the disk, so who holds it longer is stopped or stuck. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DiskCalls disk;
  private final Duration patience;

  FileLocks(DiskCalls disk) {
    this(disk, PATIENCE);
  }

  /**
   * @param patience how long another process may hold a lock before somebody is told
   */
  FileLocks(DiskCalls disk, Duration patience) {
    this.disk = disk;
    this.patience = patience;
  }

  /**
   * Waits for its turn; released on close, from any thread.
   *
   * @param late hears who holds the lock when another process keeps it unusually long
   */
  Destination.Lock acquire(Path file, boolean acrossProcesses, Consumer<String> late)
      throws IOException {
    Semaphore turn = TURNS.computeIfAbsent(file, path -> new Semaphore(1));
    try {
      turn.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
    try {
      FileChannel channel = acrossProcesses ? locked(file, late) : null;
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

  private FileChannel locked(Path file, Consumer<String> late) throws IOException {
    FileChannel channel = disk.openLockFile(file);
    try {
      if (disk.tryLock(channel) == null) {
        await(channel, file, late);
      }
      Holder.sign(channel);
      return channel;
    } catch (IOException | RuntimeException | Error e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private void await(FileChannel channel, Path file, Consumer<String> late) throws IOException {
    CompletableFuture<Void> telling =
        CompletableFuture.runAsync(
            () ->
                late.accept(
                    "%s has held '%s' for %s"
                        .formatted(Holder.of(channel), file, Durations.text(patience))),
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    try {
      disk.lock(channel);
    } finally {
      telling.cancel(false);
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
