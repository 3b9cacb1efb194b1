package dev.tributary.daemon.http;

import dev.tributary.daemon.DaemonState;
import dev.tributary.daemon.JobState;
import dev.tributary.job.JobName;
import dev.tributary.telemetry.Metrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Carries what the daemon knows into the metrics, when they are asked for. */
final class Gauges {

  private final Metrics metrics;

  Gauges(Metrics metrics) {
    this.metrics = metrics;
  }

  void take(DaemonState state) {
    Set<JobName> names = new HashSet<>();
    Map<JobName, Duration> maxAges = new HashMap<>();
    for (JobState job : state.jobs()) {
      names.add(job.job());
      job.maxAge().ifPresent(age -> maxAges.put(job.job(), age));
    }
    metrics.defined(names, maxAges);
    // before the first look nothing is known of any job, and no age is told
    if (state.scheduler().ready()) {
      state.jobs().forEach(job -> metrics.complete(job.job(), job.lastCompleteEnd()));
    }
    for (JobState job : state.jobs()) {
      job.past()
          .ifPresent(
              past -> {
                metrics.gaveUp(job.job(), past.givenUp());
                metrics.missing(job.job(), past.missing());
              });
    }
    DaemonState.LoadedSet set = state.definitions();
    metrics
        .process()
        .loaded(set.since(), set.broken().size(), set.refused().map(DaemonState.Refused::at));
    state.scheduler().reconciled().ifPresent(metrics.process()::reconciled);
    metrics.process().leftAlone(state.circuits().size());
  }
}
