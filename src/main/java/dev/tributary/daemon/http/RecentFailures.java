package dev.tributary.daemon.http;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.run.Outcome;
import dev.tributary.run.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The last failures of this process, newest first. Safe for use by several threads. */
public final class RecentFailures implements RunListener {

  private static final int MOST = 500;

  private final InstantSource clock;
  private final Deque<Entry> entries = new ArrayDeque<>();

  /** Remembers nothing yet. */
  public RecentFailures(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * One of them.
   *
   * @param window absent when the job as a whole was refused
   * @param retry whether only a try failed, and another followed
   * @param attempts tries made, where the window was given up for this pass
   */
  record Entry(
      Instant at,
      JobName job,
      Optional<Window> window,
      Failure.Kind kind,
      String reason,
      boolean retry,
      OptionalInt attempts) {}

  @Override
  public void retrying(JobName job, Window window, Failure failure, Duration pause) {
    add(job, Optional.of(window), failure, true, OptionalInt.empty());
  }

  @Override
  public void refused(JobName job, Failure failure) {
    add(job, Optional.empty(), failure, false, OptionalInt.empty());
  }

  @Override
  public void ended(Outcome outcome) {
    outcome.fold(
        new Outcome.Cases<@Nullable Void>() {
          @Override
          public @Nullable Void settled(Outcome.Settled settled) {
            return null;
          }

          @Override
          public @Nullable Void failed(Outcome.Failed failed) {
            add(
                failed.job(),
                Optional.of(failed.window()),
                failed.failure(),
                false,
                OptionalInt.of(failed.attempts()));
            return null;
          }
        });
  }

  private synchronized void add(
      JobName job, Optional<Window> window, Failure failure, boolean retry, OptionalInt attempts) {
    if (entries.size() == MOST) {
      entries.removeLast();
    }
    entries.addFirst(
        new Entry(
            clock.instant(), job, window, failure.kind(), failure.sentence(), retry, attempts));
  }

  synchronized List<Entry> newest(int most) {
    return entries.stream().limit(most).toList();
  }
}
