package dev.tributary.telemetry;

import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.run.Outcome;
import dev.tributary.run.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is worth a notice: that a job begins to fail, that it succeeds again, that it is
 * silent; each once, not at every window. Failures that an earlier process recorded count as told.
 * Safe for use by several threads.
 */
public final class Watch implements RunListener {

  private final Set<Occasion> on;
  private final InstantSource clock;
  private final Consumer<Notice> tell;
  private final Map<JobName, JobState> jobs = new HashMap<>();

  /**
   * Knows of no job yet.
   *
   * @param on what is told
   * @param tell takes a notice and must not linger
   */
  public Watch(Set<Occasion> on, InstantSource clock, Consumer<Notice> tell) {
    this.on = Set.copyOf(on);
    this.clock = clock;
    this.tell = tell;
  }

  @Override
  public synchronized void knew(JobName job, History history) {
    of(job).knew(history);
  }

  @Override
  public synchronized void planned(JobName job, int windows) {
    if (of(job).accepted()) {
      tell(Occasion.RECOVERY, job, null, "it is planned again");
    }
  }

  @Override
  public synchronized void refused(JobName job, Failure failure) {
    if (of(job).refused()) {
      tell(Occasion.FAILURE, job, null, failure.sentence());
    }
  }

  @Override
  public synchronized void ended(Outcome outcome) {
    outcome.fold(
        new Outcome.Cases<@Nullable Void>() {
          @Override
          public @Nullable Void settled(Outcome.Settled settled) {
            if (of(settled.job()).settled(settled.window())) {
              tell(
                  Occasion.RECOVERY,
                  settled.job(),
                  settled.window(),
                  "window " + settled.window() + " is settled and nothing else is amiss");
            }
            return null;
          }

          @Override
          public @Nullable Void failed(Outcome.Failed failed) {
            // a rival was faster or we are being stopped: nothing for a person to do
            if (failed.failure().kind() != Failure.Kind.TRY_AGAIN
                && of(failed.job()).failed(failed.window())) {
              tell(Occasion.FAILURE, failed.job(), failed.window(), failed.failure().sentence());
            }
            return null;
          }
        });
  }

  /** Tells of jobs that are silent for longer than they may, and forgets those not named. */
  public synchronized void look(Set<JobName> names, Map<JobName, Duration> maxAges) {
    jobs.keySet().retainAll(names);
    Instant now = clock.instant();
    maxAges.forEach(
        (job, maxAge) -> {
          if (names.contains(job)) {
            look(job, maxAge, now);
          }
        });
  }

  private void look(JobName job, Duration maxAge, Instant now) {
    if (of(job).heard(now, maxAge)) {
      tell(Occasion.RECOVERY, job, null, "its newest complete window is young enough again");
    }
    of(job)
        .silence(now, maxAge)
        .ifPresent(
            age ->
                tell(
                    Occasion.SILENCE,
                    job,
                    null,
                    "no complete window for "
                        + Durations.text(age.truncatedTo(ChronoUnit.MINUTES))
                        + ", longer than 'max_age' of "
                        + Durations.text(maxAge)));
  }

  private JobState of(JobName job) {
    return jobs.computeIfAbsent(job, name -> new JobState(clock.instant()));
  }

  private void tell(Occasion occasion, JobName job, @Nullable Window window, String sentence) {
    if (on.contains(occasion)) {
      tell.accept(
          new Notice(occasion, job, Optional.ofNullable(window), sentence, clock.instant()));
    }
  }
}
