package dev.tributary.daemon.http;

import dev.tributary.daemon.DaemonState;
import dev.tributary.daemon.DaemonView;
import dev.tributary.daemon.JobState;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A daemon with something of everything to show, at one instant. */
class ShownDaemon implements DaemonView {

  static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  static final Window HOUR =
      new Window(NOW.minus(Duration.ofHours(2)), NOW.minus(Duration.ofHours(1)));

  private DaemonState.Scheduler scheduler =
      new DaemonState.Scheduler(true, Optional.of(NOW), false, 1, 2, true);
  private Optional<DaemonState.Refused> refused = Optional.empty();
  private final List<JobState> jobs = new ArrayList<>();
  private final Map<JobName, History> histories = new HashMap<>();

  ShownDaemon with(JobState job) {
    jobs.add(job);
    return this;
  }

  void scheduler(boolean alive, boolean ready, boolean stopping) {
    scheduler = new DaemonState.Scheduler(alive, Optional.of(NOW), stopping, 0, 0, ready);
  }

  void refused(String why) {
    refused = Optional.of(new DaemonState.Refused(NOW, List.of(why)));
  }

  @Override
  public DaemonState state() {
    return new DaemonState(
        NOW,
        new DaemonState.LoadedSet(Path.of("jobs"), 2, NOW, jobs.size(), List.of("broken"), refused),
        scheduler,
        List.of(new DaemonState.OpenCircuit("plant", "cannot reach 'plant': refused", NOW)),
        jobs);
  }

  @Override
  public Optional<History> history(JobName job) {
    return Optional.ofNullable(histories.get(job));
  }

  @Override
  public Optional<Instant> nextTry(JobName job, Window window) {
    return Optional.empty();
  }

  /** Has settled these hours before the running one, one of them replaced. */
  void settled(String job, int hours) {
    List<History.Committed> settled = new ArrayList<>();
    Instant end = HOUR.start();
    for (int hour = 0; hour < hours; hour++) {
      Window window = new Window(end.minus(Duration.ofHours(1)), end);
      settled.add(
          new History.Committed(
              window, History.Status.DONE, hour == 3 ? 2 : 1, "0123456789abcdef"));
      end = window.start();
    }
    histories.put(new JobName(job), History.NONE.with(settled));
  }

  /** A job that runs a window, has another waiting and a failure behind it. */
  static JobState busy(String name) {
    Window next = new Window(HOUR.end(), NOW);
    return new JobState(
        new JobName(name),
        List.of(
            new JobState.Fire(
                next,
                Optional.of(OffsetDateTime.of(2026, 11, 23, 7, 0, 0, 0, ZoneOffset.ofHours(1))))),
        List.of(new JobState.Running(HOUR, NOW.minusSeconds(10), OptionalLong.of(5_000))),
        List.of(new JobState.Waiting(next, "new", NOW)),
        2,
        Optional.of(HOUR.start()),
        Optional.of(Duration.ofHours(6)),
        Optional.of(new JobState.Past(1, 4, 3)),
        Optional.of(
            new JobState.LastFailure(
                Optional.of(HOUR),
                Failure.Kind.UNREACHABLE,
                "cannot reach 'plant': connection refused",
                NOW.minusSeconds(60),
                3,
                NOW.plusSeconds(240))),
        Optional.empty());
  }

  /** A job of which nothing is known yet. */
  static JobState fresh(String name) {
    return new JobState(
        new JobName(name),
        List.of(),
        List.of(),
        List.of(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
