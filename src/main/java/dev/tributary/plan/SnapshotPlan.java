package dev.tributary.plan;

import dev.tributary.job.History;
import dev.tributary.job.History.Failed;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a snapshot job has to do: with a schedule, only the latest fire can be due, for an old label
 * must not get today's data; without one, once per definition.
 */
record SnapshotPlan(Job job, History history, Optional<Instant> recorded) {

  Plan due(Instant now, Mode mode) {
    if (mode == Mode.NOW) {
      return only(new Due(Window.at(label(now)), Due.Reason.ASKED, now));
    }
    return job.schedule()
        .map(cron -> CronFires.previous(cron, job.zone(), now.plusNanos(1)))
        .orElseGet(() -> Optional.of(recorded.orElse(label(now))))
        .filter(instant -> withinReach(instant, now))
        .flatMap(instant -> at(instant, now))
        .map(SnapshotPlan::only)
        .orElse(new Plan(List.of(), List.of(), Optional.empty(), Optional.empty()));
  }

  private boolean withinReach(Instant instant, Instant now) {
    return job.schedule().isEmpty()
        || job.catchup().reach().map(reach -> !instant.plus(reach).isBefore(now)).orElse(true);
  }

  private Optional<Due> at(Instant instant, Instant now) {
    Window window = Window.at(instant);
    if (history.pending().contains(window)) {
      return Optional.of(new Due(window, Due.Reason.PENDING, instant));
    }
    if (history.isSettled(window)) {
      return Optional.empty();
    }
    Failed failed = history.failures().get(instant);
    if (failed == null) {
      return Optional.of(new Due(window, Due.Reason.NEW, instant));
    }
    return Backoff.over(failed, job, now)
        ? Optional.of(new Due(window, Backoff.reason(failed, job), instant))
        : Optional.empty();
  }

  /** Labels are read by people and become file names; a millisecond tells two apart. */
  private static Instant label(Instant now) {
    return now.truncatedTo(ChronoUnit.MILLIS);
  }

  private static Plan only(Due due) {
    return new Plan(List.of(due), List.of(), Optional.empty(), Optional.empty());
  }
}
