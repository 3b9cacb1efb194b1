package dev.tributary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Job;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a daemon on this machine that works by the same definitions says of its jobs. */
final class RunningDaemon {

  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** Jobs asked for at once. */
  private static final int PAGE = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String pages;
  private final Instant now;
  private final Map<String, JsonNode> jobs;

  private RunningDaemon(String pages, Instant now, Map<String, JsonNode> jobs) {
    this.pages = pages;
    this.now = now;
    this.jobs = jobs;
  }

  /** Where a daemon of these settings is asked: one that listens everywhere listens here, too. */
  static String address(Definitions.Daemon settings) {
    String host =
        switch (settings.bind()) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "::1";
          default -> settings.bind();
        };
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + settings.port();
  }

  /**
   * Asks the daemon; empty when none answers soon, when it is another's, or when it has not looked
   * at its jobs yet.
   *
   * @param definitions where they lie; a daemon that reads others knows other jobs
   */
  static Optional<RunningDaemon> ask(Definitions.Daemon settings, Path definitions) {
    if (settings.port() == 0) {
      return Optional.empty();
    }
    String pages = "http://" + address(settings) + "/api/";
    try {
      JsonNode status = get(pages + "status");
      String theirs = status.at("/definitions/path").asText();
      if (!status.at("/scheduler/ready").asBoolean() || !isSame(definitions, Path.of(theirs))) {
        return Optional.empty();
      }
      Map<String, JsonNode> jobs = new HashMap<>();
      String after = "";
      do {
        JsonNode page = get(pages + "jobs?limit=" + PAGE + "&after=" + after);
        page.path("jobs").forEach(job -> jobs.put(job.path("job").asText(), job));
        after = page.path("after").asText();
      } while (!after.isEmpty());
      return Optional.of(new RunningDaemon(pages, Instant.parse(status.path("at").asText()), jobs));
    } catch (IOException | IllegalArgumentException | DateTimeException notOurs) {
      // nobody is there, or somebody who speaks otherwise
      return Optional.empty();
    }
  }

  private static boolean isSame(Path ours, Path theirs) throws IOException {
    return ours.toRealPath().equals(theirs.toRealPath());
  }

  private static JsonNode get(String url) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) LONGEST.toMillis());
    connection.setReadTimeout((int) LONGEST.toMillis());
    connection.setInstanceFollowRedirects(false);
    try (InputStream body = connection.getInputStream()) {
      return JSON.readTree(body);
    } finally {
      connection.disconnect();
    }
  }

  /**
   * How fresh a job is, by the daemon's clock; empty when the daemon does not know it, or not its
   * windows.
   */
  Optional<Freshness> freshness(Job job, Optional<Duration> limit) {
    JsonNode known = jobs.get(job.name().value());
    if (known == null || !known.has("failing")) {
      return Optional.empty();
    }
    return Optional.of(
        new Freshness(
            job.name().value(),
            now,
            text(known, "last_complete").map(Instant::parse),
            limit,
            known.path("failing").asInt(),
            text(known, "reason"),
            Freshness.Told.DAEMON));
  }

  /**
   * Starts of the windows of a job that the daemon works on now; none when it has stopped answering
   * since it was found.
   */
  Set<Instant> running(Job job) {
    JsonNode known = jobs.get(job.name().value());
    if (known == null || known.path("running").asInt() == 0) {
      return Set.of();
    }
    Set<Instant> running = new HashSet<>();
    try {
      // what is open comes first, and all of it, whatever the limit
      for (JsonNode window : get(pages + "windows?limit=1&job=" + job.name()).path("windows")) {
        if (window.path("state").asText().equals("running")) {
          running.add(Instant.parse(window.path("start").asText()));
        }
      }
    } catch (IOException | IllegalArgumentException | DateTimeException gone) {
      return Set.of();
    }
    return running;
  }

  private static Optional<String> text(JsonNode document, String name) {
    return Optional.ofNullable(document.get(name)).map(JsonNode::asText);
  }
}
