package dev.tributary.daemon.http;

import dev.tributary.daemon.DaemonState;
import dev.tributary.daemon.JobState;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The daemon's facts as JSON documents; what is not known is left out. */
final class Documents {

  private Documents() {}

  static Map<String, Object> status(DaemonState state) {
    DaemonState.LoadedSet set = state.definitions();
    Map<String, Object> definitions = new LinkedHashMap<>();
    definitions.put("path", set.path().toAbsolutePath().normalize().toString());
    definitions.put("version", set.version());
    definitions.put("since", set.since().toString());
    definitions.put("jobs", set.jobs());
    definitions.put("broken", set.broken());
    set.refused()
        .ifPresent(
            refused ->
                definitions.put(
                    "refused", Map.of("at", refused.at().toString(), "why", refused.why())));
    DaemonState.Scheduler loop = state.scheduler();
    Map<String, Object> scheduler = new LinkedHashMap<>();
    scheduler.put("alive", loop.alive());
    scheduler.put("ready", loop.ready());
    scheduler.put("stopping", loop.stopping());
    loop.reconciled().ifPresent(at -> scheduler.put("reconciled", at.toString()));
    scheduler.put("running", loop.running());
    scheduler.put("due", loop.due());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("at", state.at().toString());
    document.put("definitions", definitions);
    document.put("scheduler", scheduler);
    document.put("circuits", state.circuits().stream().map(Documents::circuit).toList());
    return document;
  }

  private static Map<String, Object> circuit(DaemonState.OpenCircuit circuit) {
    return Map.of(
        "source",
        circuit.source(),
        "reason",
        circuit.reason(),
        "probe",
        circuit.probe().toString());
  }

  /** A job in a few facts, for a list of many. */
  static Map<String, Object> line(JobState job, Instant now) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job", job.job().value());
    document.put("state", state(job, now));
    document.put("due", job.due());
    document.put("running", job.running().size());
    job.lastCompleteEnd()
        .ifPresent(
            end -> {
              document.put("last_complete", end.toString());
              document.put("age_seconds", seconds(end, now));
            });
    job.maxAge().ifPresent(age -> document.put("max_age_seconds", age.toSeconds()));
    job.past()
        .ifPresent(
            past -> {
              document.put("failing", past.failing());
              document.put("given_up", past.givenUp());
              document.put("missing", past.missing());
            });
    job.problem()
        .or(() -> job.failure().map(JobState.LastFailure::reason))
        .ifPresent(reason -> document.put("reason", reason));
    job.next().stream()
        .findFirst()
        .flatMap(JobState.Fire::at)
        .ifPresent(at -> document.put("next", at.toString()));
    return document;
  }

  /** A job with all that is known of it. */
  static Map<String, Object> job(JobState job, Instant now) {
    Map<String, Object> document = line(job, now);
    document.put("next", job.next().stream().map(Documents::fire).toList());
    document.put("windows", windows(job, now));
    job.failure().ifPresent(failure -> document.put("failure", failure(failure)));
    job.problem().ifPresent(problem -> document.put("problem", problem));
    return document;
  }

  /** The worst that is true of the job. */
  private static String state(JobState job, Instant now) {
    if (job.problem().isPresent()) {
      return "refused";
    }
    boolean silent =
        job.maxAge().isPresent()
            && job.lastCompleteEnd().isPresent()
            && job.lastCompleteEnd().orElseThrow().plus(job.maxAge().orElseThrow()).isBefore(now);
    if (silent) {
      return "silent";
    }
    if (job.failure().isPresent()) {
      return "failing";
    }
    return job.running().isEmpty() ? "waiting" : "running";
  }

  private static Map<String, Object> fire(JobState.Fire fire) {
    Map<String, Object> document = span(fire.window());
    fire.at().ifPresent(at -> document.put("at", at.toString()));
    return document;
  }

  /** Windows with a state and why: running ones, what waits, and the one that failed last. */
  static List<Map<String, Object>> windows(JobState job, Instant now) {
    List<Map<String, Object>> windows = new ArrayList<>();
    for (JobState.Running running : job.running()) {
      Map<String, Object> document = window(job.job(), running.window(), "running");
      document.put("since", running.began().toString());
      running
          .rows()
          .ifPresent(
              rows -> {
                document.put("rows", rows);
                document.put("rows_per_second", rate(rows, running.began(), now));
              });
      windows.add(document);
    }
    for (JobState.Waiting waiting : job.waiting()) {
      Map<String, Object> document = window(job.job(), waiting.window(), "due");
      document.put("since", waiting.since().toString());
      document.put("reason", waiting.reason());
      windows.add(document);
    }
    job.failure()
        .filter(failure -> failure.window().isPresent())
        .ifPresent(
            failure -> {
              Map<String, Object> document =
                  window(job.job(), failure.window().orElseThrow(), "failed");
              document.putAll(failure(failure));
              windows.add(document);
            });
    return windows;
  }

  /** A window that was settled. */
  static Map<String, Object> settled(JobName job, History.Committed settled) {
    boolean replaced = settled.generation() > 1 && settled.status() != History.Status.SKIPPED;
    String state = replaced ? "replaced" : settled.status().name().toLowerCase(Locale.ROOT);
    Map<String, Object> document = window(job, settled.window(), state);
    document.put("generation", settled.generation());
    return document;
  }

  private static Map<String, Object> window(JobName job, Window window, String state) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job", job.value());
    document.putAll(span(window));
    document.put("state", state);
    return document;
  }

  private static Map<String, Object> failure(JobState.LastFailure failure) {
    Map<String, Object> document = new LinkedHashMap<>();
    failure.window().ifPresent(window -> document.putAll(span(window)));
    document.put("kind", failure.kind().name().toLowerCase(Locale.ROOT));
    document.put("reason", failure.reason());
    document.put("at", failure.at().toString());
    document.put("times", failure.times());
    document.put("next_try", failure.nextTry().toString());
    return document;
  }

  static Map<String, Object> failure(RecentFailures.Entry entry) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("at", entry.at().toString());
    document.put("job", entry.job().value());
    entry.window().ifPresent(window -> document.putAll(span(window)));
    document.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
    document.put("reason", entry.reason());
    document.put("retried", entry.retry());
    entry.attempts().ifPresent(tries -> document.put("attempts", tries));
    return document;
  }

  /** A snapshot has an instant and no end. */
  private static Map<String, Object> span(Window window) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("start", window.start().toString());
    if (!window.isInstant()) {
      document.put("end", window.end().toString());
    }
    return document;
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }

  private static long rate(long rows, Instant began, Instant now) {
    long millis = Math.max(1, Duration.between(began, now).toMillis());
    return Math.round(rows * 1000.0 / millis);
  }
}
