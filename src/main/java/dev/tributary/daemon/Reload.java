package dev.tributary.daemon;

import dev.tributary.run.Kit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions in force, and how others take their place: all of them, or none. Safe for use by
 * several threads.
 */
final class Reload implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Reload.class);
  private static final int POLL_SECONDS = 5;

  private final Kit kit;
  private final Supplier<JobSet> definitions;
  private final ConfigWatch watch;
  private final Consumer<JobSet> assign;
  private final Supervisor supervisor;
  private final Semaphore requests = new Semaphore(0);
  private final Thread thread = new Thread(this::work, "definitions");
  private final Path path;
  private volatile JobSet current;
  private volatile DaemonState.LoadedSet loaded;

  Reload(
      Kit kit,
      JobSet first,
      Path path,
      Supplier<JobSet> definitions,
      ConfigWatch watch,
      Consumer<JobSet> assign,
      Supervisor supervisor) {
    this.kit = kit;
    this.current = first;
    this.definitions = definitions;
    this.watch = watch;
    this.assign = assign;
    this.supervisor = supervisor;
    this.path = path;
    this.loaded = loaded(1, first);
  }

  /** Looks for changed files from now on. */
  void begin() {
    assign.accept(current);
    thread.setDaemon(true);
    thread.start();
  }

  JobSet current() {
    return current;
  }

  DaemonState.LoadedSet loaded() {
    return loaded;
  }

  /** Reads the definitions again, soon. */
  void request() {
    requests.release();
  }

  private void work() {
    try {
      while (true) {
        boolean asked = requests.tryAcquire(POLL_SECONDS, TimeUnit.SECONDS);
        requests.drainPermits();
        if (asked || watch.changed()) {
          read();
        }
      }
    } catch (InterruptedException e) {
      // the end
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    supervisor.tell("RELOADING=1", "MONOTONIC_USEC=" + System.nanoTime() / 1000);
    try {
      watch.taken();
      take(definitions.get());
    } catch (RuntimeException bug) {
      log.error("this is a bug in tributary, please report it", bug);
    } finally {
      supervisor.tell("READY=1");
    }
  }

  private void take(JobSet other) {
    Instant now = kit.clock().instant();
    if (!other.mistakes().isEmpty()) {
      log.warn(
          "cannot take over the definitions: {} mistakes, the first {}; the old ones stay in force",
          other.mistakes().size(),
          other.mistakes().get(0));
      DaemonState.LoadedSet old = loaded;
      loaded =
          new DaemonState.LoadedSet(
              path,
              old.version(),
              old.since(),
              old.jobs(),
              old.broken(),
              Optional.of(new DaemonState.Refused(now, other.mistakes())));
      return;
    }
    current = other;
    assign.accept(other);
    loaded = loaded(loaded.version() + 1, other);
    log.info("took over {} jobs", other.jobs().size());
  }

  private DaemonState.LoadedSet loaded(long version, JobSet set) {
    List<String> broken = set.broken().stream().sorted().toList();
    return new DaemonState.LoadedSet(
        path, version, kit.clock().instant(), set.jobs().size(), broken, Optional.empty());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
