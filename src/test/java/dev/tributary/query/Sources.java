package dev.tributary.query;

import dev.tributary.job.Failure;
import dev.tributary.job.Query;
import dev.tributary.job.Secret;
import dev.tributary.job.SecretReader;
import dev.tributary.job.Source;
import dev.tributary.job.Window;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sources, requests and answers as the tests of this package need them. */
final class Sources {

  static final Window DAY =
      new Window(Instant.parse("2022-01-01T00:00:00Z"), Instant.parse("2022-01-02T00:00:00Z"));
  static final Query SELECT = new Query(Query.Language.SQL, "SELECT * FROM home", List.of());
  static final Secret TOKEN = new Secret(Secret.Store.ENV, "INFLUX_TOKEN");
  static final SecretReader NO_SECRETS =
      secret -> {
        throw new AssertionError("no secret was to be read, but " + secret);
      };
  static final Source.Timeouts PATIENT =
      new Source.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30));

  private Sources() {}

  static Source at(String url) {
    return new Source(
        "plant",
        URI.create(url),
        Optional.empty(),
        Source.Tls.SYSTEM,
        Optional.empty(),
        Source.Parameters.BIND,
        PATIENT,
        2,
        Optional.empty());
  }

  static Source withToken(Source s) {
    return new Source(
        s.name(),
        s.url(),
        Optional.of(TOKEN),
        s.tls(),
        s.proxy(),
        s.parameters(),
        s.timeouts(),
        s.maxQueries(),
        s.retention());
  }

  static Source with(Source s, Source.Tls tls) {
    return new Source(
        s.name(),
        s.url(),
        s.token(),
        tls,
        s.proxy(),
        s.parameters(),
        s.timeouts(),
        s.maxQueries(),
        s.retention());
  }

  static Source with(Source s, Source.Timeouts timeouts) {
    return new Source(
        s.name(),
        s.url(),
        s.token(),
        s.tls(),
        s.proxy(),
        s.parameters(),
        timeouts,
        s.maxQueries(),
        s.retention());
  }

  static Source idle(Source s, Duration idle) {
    return with(s, new Source.Timeouts(PATIENT.connect(), idle, PATIENT.window()));
  }

  static BatchSource.Request request(Query query) {
    return request("home", query);
  }

  static BatchSource.Request request(String bucket, Query query) {
    return new BatchSource.Request(bucket, query, DAY, Duration.ofSeconds(30), false, false);
  }

  static BatchSource.Request within(Duration timeout) {
    return new BatchSource.Request("home", SELECT, DAY, timeout, false, false);
  }

  /** Reads an answer to its end. */
  static List<Integer> drain(BatchSource source, BatchSource.Request request) throws Failure {
    List<Integer> rows = new ArrayList<>();
    try (BatchStream stream = source.open(request)) {
      while (stream.next()) {
        rows.add(stream.batch().getRowCount());
      }
    }
    return rows;
  }
}
