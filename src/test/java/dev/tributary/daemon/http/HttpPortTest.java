package dev.tributary.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.daemon.DaemonState;
import dev.tributary.daemon.DaemonView;
import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.telemetry.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of the port sees. */
class HttpPortTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InstantSource CLOCK = InstantSource.fixed(ShownDaemon.NOW);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ShownDaemon daemon = new ShownDaemon();
  private final RecentFailures failures = new RecentFailures(CLOCK);
  private final Metrics metrics = new Metrics(CLOCK, "1");
  private HttpPort port;

  @BeforeEach
  void start() throws Failure {
    port = start(daemon);
  }

  private HttpPort start(DaemonView view) throws Failure {
    return HttpPort.start(new Pages(view, metrics, failures), "127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    port.close();
    metrics.close();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = ask("GET", path);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void healthIsTheLoopsAlone() throws Exception {
    daemon.with(ShownDaemon.busy("failing"));
    assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);

    daemon.scheduler(false, true, false);
    HttpResponse<String> stalled = ask("GET", "/healthz");
    assertThat(stalled.statusCode()).isEqualTo(503);
    assertThat(stalled.body()).contains("stalled");
  }

  @Test
  void readyIsNeitherBeforeTheFirstLookNorAfterTheStop() throws Exception {
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
    daemon.scheduler(true, false, false);
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
    daemon.scheduler(true, true, true);
    assertThat(ask("GET", "/readyz").body()).contains("stopping");
    assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void aJobShowsItsNextFireItsWindowsAndItsFailure() throws Exception {
    daemon.with(ShownDaemon.busy("climate"));

    JsonNode job = get("/api/jobs/climate");

    assertThat(job.get("state").asText()).isEqualTo("failing");
    assertThat(job.get("age_seconds").asLong()).isEqualTo(7200);
    assertThat(job.at("/next/0/at").asText()).isEqualTo("2026-11-23T07:00+01:00");
    assertThat(job.at("/windows/0/state").asText()).isEqualTo("running");
    assertThat(job.at("/windows/0/rows").asLong()).isEqualTo(5000);
    assertThat(job.at("/windows/0/rows_per_second").asLong()).isEqualTo(500);
    assertThat(job.at("/windows/1/reason").asText()).isEqualTo("new");
    assertThat(job.at("/windows/2/state").asText()).isEqualTo("failed");
    assertThat(job.at("/failure/reason").asText()).contains("connection refused");
    assertThat(job.at("/failure/next_try").asText()).isEqualTo("2026-11-23T06:04:00Z");
  }

  @Test
  void jobsComeInPagesThatFollowEachOther() throws Exception {
    for (int i = 0; i < 25; i++) {
      daemon.with(ShownDaemon.fresh(String.format("job-%02d", i)));
    }
    Set<String> seen = new TreeSet<>();
    int pages = 0;
    for (String after = ""; ; pages++) {
      JsonNode page = get("/api/jobs?limit=10&after=" + after);
      page.get("jobs").forEach(job -> seen.add(job.get("job").asText()));
      if (!page.has("after")) {
        break;
      }
      after = page.get("after").asText();
    }
    assertThat(seen).hasSize(25);
    assertThat(pages).isEqualTo(2);
  }

  @Test
  void aJobsWindowsAreAllThereInPagesFromTheNewestToTheOldest() throws Exception {
    daemon.with(ShownDaemon.busy("climate"));
    daemon.settled("climate", 30);
    List<String> states = new ArrayList<>();
    List<String> starts = new ArrayList<>();
    for (String before = ""; ; ) {
      JsonNode page = get("/api/windows?job=climate&limit=10" + before);
      page.get("windows").forEach(window -> states.add(window.get("state").asText()));
      page.get("windows")
          .forEach(
              window -> {
                if (window.has("generation")) {
                  starts.add(window.get("start").asText());
                }
              });
      if (!page.has("before")) {
        break;
      }
      before = "&before=" + page.get("before").asText();
    }
    assertThat(states).hasSize(33).startsWith("running", "due", "failed", "done");
    assertThat(states.get(6)).isEqualTo("replaced");
    assertThat(starts)
        .hasSize(30)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(ask("GET", "/api/windows?job=climate&before=noon").statusCode()).isEqualTo(400);
    assertThat(ask("GET", "/api/windows?job=nosuch").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "many", "-1", "99999999999"})
  void aLimitOutOfBoundsIsRefused(String limit) throws Exception {
    assertThat(ask("GET", "/api/jobs?limit=" + limit).statusCode()).isEqualTo(400);
    assertThat(ask("GET", "/api/failures?limit=" + limit).statusCode()).isEqualTo(400);
  }

  @Test
  void failuresComeNewestFirst() throws Exception {
    JobName job = new JobName("climate");
    failures.refused(job, new Failure(Failure.Kind.CONFIGURATION, "cannot plan: first"));
    failures.retrying(
        job,
        ShownDaemon.HOUR,
        new Failure(Failure.Kind.UNREACHABLE, "cannot reach: second"),
        Duration.ofSeconds(1));

    JsonNode list = get("/api/failures").get("failures");

    assertThat(list.at("/0/reason").asText()).isEqualTo("cannot reach: second");
    assertThat(list.at("/0/retried").asBoolean()).isTrue();
    assertThat(list.at("/1/kind").asText()).isEqualTo("configuration");
    assertThat(get("/api/failures?limit=1").get("failures")).hasSize(1);
  }

  @Test
  void theAgeOfTheLastCompleteWindowIsAMetric() throws Exception {
    daemon.with(ShownDaemon.busy("climate")).with(ShownDaemon.fresh("new"));
    daemon.refused("tributary.yaml:3:1: unknown key");

    String text = ask("GET", "/metrics").body();

    assertThat(text)
        .contains("tributary_last_complete_window_age_seconds{job=\"climate\"} 7200.0")
        .contains("tributary_last_complete_window_age_seconds{job=\"new\"} +Inf")
        .contains("tributary_max_age_seconds{job=\"climate\"} 21600.0")
        .contains("tributary_windows_given_up{job=\"climate\"} 4.0")
        .contains("tributary_windows_missing{job=\"climate\"} 3.0")
        .contains("tributary_definitions_broken 1.0")
        .contains("tributary_definitions_refused 1.0")
        .contains("tributary_reload_failures_total 1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void nothingButReadingIsAllowed(String method) throws Exception {
    for (String path : List.of("/api/jobs", "/healthz", "/nosuch")) {
      HttpResponse<String> answer = ask(method, path);
      assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void everyPageMayBeAskedForItsHeadAndIsKeptByNoCache() throws Exception {
    daemon.with(ShownDaemon.busy("climate"));
    for (String path : paths()) {
      HttpResponse<String> head = ask("HEAD", path);
      HttpResponse<String> whole = ask("GET", path);
      assertThat(head.statusCode()).as(path).isEqualTo(200).isEqualTo(whole.statusCode());
      assertThat(head.body()).isEmpty();
      assertThat(whole.body()).isNotEmpty();
      assertThat(whole.headers().allValues("Cache-Control")).containsExactly("no-store");
      assertThat(whole.headers().firstValue("Server")).contains("tributary");
    }
  }

  @Test
  void whatIsNotThereIsSaidInJson() throws Exception {
    assertThat(ask("GET", "/nosuch").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/nosuch").body()).contains("openapi.json");
    HttpResponse<String> unknown = ask("GET", "/api/jobs/nosuch");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(unknown.body()).get("error").asText()).contains("no such job");
    assertThat(ask("GET", "/api/jobs/%3Cscript%3E").body()).doesNotContain("<script>");
  }

  @Test
  void aMistakeOfOursShowsNoStackTrace() throws Exception {
    port.close();
    port =
        start(
            new ShownDaemon() {
              @Override
              public DaemonState state() {
                throw new IllegalStateException("inner words");
              }
            });

    HttpResponse<String> answer = ask("GET", "/api/jobs");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("inner words").doesNotContain("Exception");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void aPortThatIsTakenIsAFailureWithAWayOut() {
    assertThatThrownBy(
            () -> HttpPort.start(new Pages(daemon, metrics, failures), "127.0.0.1", port.port()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("daemon.http");
  }

  @Test
  void theDescriptionNamesEveryRouteAndNoOther() throws Exception {
    Set<String> described = new HashSet<>();
    get("/openapi.json").get("paths").fieldNames().forEachRemaining(described::add);
    Set<String> served = new HashSet<>();
    new Pages(daemon, metrics, failures).routes().forEach(route -> served.add(route.path()));

    assertThat(described).isEqualTo(served);
  }

  @Test
  void everyAnswerKeepsToItsDescription() throws Exception {
    daemon.with(ShownDaemon.busy("climate")).with(ShownDaemon.fresh("new"));
    daemon.settled("climate", 5);
    daemon.refused("tributary.yaml:3:1: unknown key");
    failures.retrying(
        new JobName("climate"),
        ShownDaemon.HOUR,
        new Failure(Failure.Kind.UNREACHABLE, "cannot reach"),
        Duration.ofSeconds(1));
    JsonNode openapi = get("/openapi.json");
    assertThat(
            new Described(openapi)
                .mistakes(
                    openapi.at("/components/schemas/Windows"),
                    get("/api/windows?job=climate&limit=4")))
        .isEmpty();
    int checked = 0;
    for (Map.Entry<String, JsonNode> path : openapi.get("paths").properties()) {
      JsonNode schema = path.getValue().at("/get/responses/200/content/application~1json/schema");
      if (schema.has("$ref")) {
        JsonNode answer = get(path.getKey().replace("{job}", "climate"));
        assertThat(new Described(openapi).mistakes(schema, answer)).as(path.getKey()).isEmpty();
        checked++;
      }
    }
    assertThat(checked).isEqualTo(7);
  }

  private List<String> paths() {
    return new Pages(daemon, metrics, failures)
        .routes().stream().map(route -> route.path().replace("{job}", "climate")).toList();
  }
}
