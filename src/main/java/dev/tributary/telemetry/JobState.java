package dev.tributary.telemetry;

import dev.tributary.job.History;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What {@link Watch} has told of one job. Guarded by it. */
final class JobState {

  private final Set<Instant> open = new HashSet<>();
  private Instant complete;

  /** Whether {@link #complete} is only when we first heard of the job. */
  private boolean fresh = true;

  private boolean refused;
  private boolean silent;

  /** A job of which nothing is known counts as complete until now. */
  JobState(Instant now) {
    this.complete = now;
  }

  void knew(History history) {
    open.clear();
    open.addAll(history.failures().keySet());
    if (!history.committed().isEmpty()) {
      complete(history.committed().lastEntry().getValue().window().end());
    }
  }

  /** Returns whether a job that was refused is not any more. */
  boolean accepted() {
    boolean news = refused;
    refused = false;
    return news;
  }

  /** Returns whether this is news. */
  boolean refused() {
    boolean news = !refused;
    refused = true;
    return news;
  }

  /** Returns whether the job was all right before. */
  boolean failed(Window window) {
    boolean news = open.isEmpty();
    open.add(window.start());
    return news;
  }

  /** Returns whether everything is all right again, and was not. */
  boolean settled(Window window) {
    complete(window.end());
    boolean wasOpen = open.remove(window.start()) && open.isEmpty();
    return wasOpen;
  }

  /** Returns whether a silence that was told of is over. */
  boolean heard(Instant now, Duration maxAge) {
    boolean news = silent && Duration.between(complete, now).compareTo(maxAge) <= 0;
    silent = silent && !news;
    return news;
  }

  /** How old the newest complete window is, if that is too old and not told yet. */
  Optional<Duration> silence(Instant now, Duration maxAge) {
    Duration age = Duration.between(complete, now);
    boolean old = age.compareTo(maxAge) > 0;
    boolean news = old && !silent;
    silent = old;
    return news ? Optional.of(age) : Optional.empty();
  }

  private void complete(Instant end) {
    if (fresh || end.isAfter(complete)) {
      complete = end;
      fresh = false;
    }
  }
}
