package dev.tributary.cli;

import dev.tributary.app.Alarms;
import dev.tributary.app.Version;
import dev.tributary.daemon.DaemonView;
import dev.tributary.daemon.JobState;
import dev.tributary.daemon.http.HttpPort;
import dev.tributary.daemon.http.Pages;
import dev.tributary.daemon.http.RecentFailures;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.run.Outcome;
import dev.tributary.run.RunListener;
import dev.tributary.telemetry.EventLog;
import dev.tributary.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Everything by which a daemon is watched: its log, metrics, notices and pages, as the definitions
 * of its start have them. Confined to the thread that runs the command.
 */
final class Lookout implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  private final Definitions.Daemon settings;
  private final Metrics metrics;
  private final EventLog events;
  private final RecentFailures failures;
  private final Optional<Alarms> alarms;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tributary-silence");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable HttpPort port;
  private volatile @Nullable DaemonView view;

  /** Sets up the log and begins to listen. */
  Lookout(Definitions definitions, Map<String, String> environment, InstantSource clock) {
    this.settings = definitions.daemon();
    Logging.apply(settings.jsonLog(), settings.logLevel());
    this.metrics = new Metrics(clock, Version.text());
    this.events = new EventLog(clock, this::next);
    this.failures = new RecentFailures(clock);
    this.alarms = Alarms.of(definitions, environment, clock, metrics.process()::notified);
  }

  /** The daemon has decided on the next try before it tells of the failure. */
  private String next(Outcome.Failed failed) {
    DaemonView told = view;
    Optional<Instant> at =
        told == null ? Optional.empty() : told.nextTry(failed.job(), failed.window());
    return at.map(
            instant ->
                "tried again at "
                    + instant.truncatedTo(ChronoUnit.SECONDS)
                    + (failed.failure().kind().retryable()
                        ? ""
                        : "; at once when its query changes, or by name"))
        .orElseGet(() -> EventLog.Sequel.OF_A_PASS.after(failed));
  }

  /** To be told of all that happens to windows. */
  RunListener listener() {
    List<RunListener> all = new ArrayList<>(List.of(events, metrics, failures));
    alarms.ifPresent(told -> all.add(told.listener()));
    return RunListener.all(all);
  }

  /**
   * Opens the port, and watches for silence from now on.
   *
   * @throws Failure if the port cannot be had
   */
  void over(DaemonView daemon) throws Failure {
    view = daemon;
    port = HttpPort.start(new Pages(daemon, metrics, failures), settings.bind(), settings.port());
    LoggerFactory.getLogger("tributary")
        .atInfo()
        .addKeyValue("bind", settings.bind())
        .addKeyValue("port", port.port())
        .log("http began");
    // a timer of its own: a scheduler that hangs is one more reason for silence
    alarms.ifPresent(told -> lookAgainAndAgain(told, daemon));
  }

  private void lookAgainAndAgain(Alarms told, DaemonView view) {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            () -> look(told, view),
            BETWEEN_LOOKS.toMillis(),
            BETWEEN_LOOKS.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static void look(Alarms alarms, DaemonView view) {
    try {
      Set<JobName> names = new HashSet<>();
      Map<JobName, Duration> maxAges = new HashMap<>();
      for (JobState job : view.state().jobs()) {
        names.add(job.job());
        job.maxAge().ifPresent(age -> maxAges.put(job.job(), age));
      }
      alarms.look(names, maxAges);
    } catch (RuntimeException e) {
      // a thrown one would end the timer without a word
      LoggerFactory.getLogger(Lookout.class)
          .error("this is a bug in tributary, please report it", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    if (port != null) {
      port.close();
    }
    alarms.ifPresent(Alarms::close);
    metrics.close();
  }
}
