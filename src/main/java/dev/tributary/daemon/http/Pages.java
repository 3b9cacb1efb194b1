package dev.tributary.daemon.http;

import dev.tributary.daemon.DaemonState;
import dev.tributary.daemon.DaemonView;
import dev.tributary.daemon.JobState;
import dev.tributary.job.History;
import dev.tributary.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pages and what they say. None asks a source or a destination, so that a probe never waits for
 * one. Safe for use by several threads.
 */
public final class Pages {

  private static final String BOUNDS = "'limit' must be a number from 1 to " + Question.MOST;

  private final DaemonView view;
  private final RecentFailures failures;
  private final Metrics metrics;
  private final Gauges gauges;

  /** Shows this daemon. */
  public Pages(DaemonView view, Metrics metrics, RecentFailures failures) {
    this.view = view;
    this.failures = failures;
    this.metrics = metrics;
    this.gauges = new Gauges(metrics);
  }

  List<Route> routes() {
    return List.of(
        new Route("/healthz", question -> health()),
        new Route("/readyz", question -> readiness()),
        new Route("/metrics", question -> scrape()),
        new Route("/openapi.json", question -> description()),
        new Route("/api/status", question -> Answer.json(Documents.status(view.state()))),
        new Route("/api/jobs", this::jobs),
        new Route("/api/jobs/{job}", this::job),
        new Route("/api/windows", this::windows),
        new Route("/api/failures", this::recent));
  }

  /** Whether the loop goes round: no word about sources, or their outage restarted every pod. */
  private Answer health() {
    boolean alive = view.state().scheduler().alive();
    return Answer.json(alive ? 200 : 503, Map.of("status", alive ? "alive" : "stalled"));
  }

  private Answer readiness() {
    DaemonState.Scheduler scheduler = view.state().scheduler();
    String status = scheduler.stopping() ? "stopping" : scheduler.ready() ? "ready" : "starting";
    return Answer.json(status.equals("ready") ? 200 : 503, Map.of("status", status));
  }

  private Answer scrape() {
    gauges.take(view.state());
    return new Answer(200, Metrics.CONTENT_TYPE, metrics.scrape());
  }

  private static Answer description() {
    try (InputStream file = Pages.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("openapi.json is not on the class path");
      }
      return new Answer(
          200, "application/json", new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer jobs(Question question) {
    DaemonState state = view.state();
    return page(question, "jobs", state, job -> List.of(Documents.line(job, state.at())));
  }

  private Answer windows(Question question) {
    DaemonState state = view.state();
    Optional<String> one = question.parameter("job");
    if (one.isPresent()) {
      return job(one.orElseThrow(), state)
          .map(job -> windowsOf(job, question, state.at()))
          .orElseGet(Pages::noSuchJob);
    }
    return page(question, "windows", state, job -> Documents.windows(job, state.at()));
  }

  /** What is open of one job, then what was settled, newest first, until the limit is reached. */
  private Answer windowsOf(JobState job, Question question, Instant now) {
    Optional<Integer> limit = question.limit();
    if (limit.isEmpty()) {
      return Answer.refused(400, BOUNDS);
    }
    Optional<String> text = question.parameter("before");
    Optional<Instant> before = text.flatMap(Question::instant);
    if (text.isPresent() && before.isEmpty()) {
      return Answer.refused(400, "'before' must be an instant, such as 2026-11-23T06:00:00Z");
    }
    List<Map<String, Object>> items = new ArrayList<>();
    if (before.isEmpty()) {
      items.addAll(Documents.windows(job, now));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("windows", items);
    Instant end = before.orElse(Instant.MAX);
    for (History.Committed settled :
        view.history(job.job())
            .orElse(History.NONE)
            .committed()
            .headMap(end, false)
            .descendingMap()
            .values()) {
      if (items.size() >= limit.orElseThrow()) {
        document.put("before", end.toString());
        break;
      }
      items.add(Documents.settled(job.job(), settled));
      end = settled.window().start();
    }
    return Answer.json(document);
  }

  /** Whole jobs after a name until the limit is reached; the last name begins the next page. */
  private static Answer page(
      Question question,
      String name,
      DaemonState state,
      Function<JobState, List<Map<String, Object>>> lines) {
    Optional<Integer> limit = question.limit();
    if (limit.isEmpty()) {
      return Answer.refused(400, BOUNDS);
    }
    String after = question.parameter("after").orElse("");
    List<Map<String, Object>> items = new ArrayList<>();
    String last = "";
    boolean more = false;
    for (JobState job : state.jobs()) {
      if (job.job().value().compareTo(after) > 0) {
        if (items.size() >= limit.orElseThrow()) {
          more = true;
          break;
        }
        items.addAll(lines.apply(job));
        last = job.job().value();
      }
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(name, items);
    if (more) {
      document.put("after", last);
    }
    return Answer.json(document);
  }

  private Answer job(Question question) {
    DaemonState state = view.state();
    return job(question.place().getOrDefault("job", ""), state)
        .map(job -> Answer.json(Documents.job(job, state.at())))
        .orElseGet(Pages::noSuchJob);
  }

  private static Optional<JobState> job(String name, DaemonState state) {
    return state.jobs().stream().filter(job -> job.job().value().equals(name)).findFirst();
  }

  private static Answer noSuchJob() {
    return Answer.refused(404, "there is no such job");
  }

  private Answer recent(Question question) {
    return question
        .limit()
        .map(
            limit ->
                Answer.json(
                    Map.of(
                        "failures",
                        failures.newest(limit).stream().map(Documents::failure).toList())))
        .orElseGet(() -> Answer.refused(400, BOUNDS));
  }
}
