package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Secret;
import dev.tributary.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * fake-gcs-server in a process of its own: started at the first use, ended with the tests. It keeps
 * objects in memory and asks nobody's name.
 */
public final class GcsServer {

  /** Where the program is; whoever says so must have it. */
  private static final String WHERE = "TRIBUTARY_TEST_GCS";

  private static final Path USUAL = Path.of("target/gcs-server/fake-gcs-server");
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final Optional<URI> RUNNING = start();

  private GcsServer() {}

  /** Where it listens; a test that cannot have it is left out, and says so. */
  public static URI endpoint() {
    if (RUNNING.isEmpty()) {
      String left =
          "left out: no "
              + USUAL
              + "; install it with 'GOBIN=$PWD/target/gcs-server go install"
              + " github.com/fsouza/fake-gcs-server@v1.56.1', or name it in "
              + WHERE;
      System.err.println(left);
      Assumptions.abort(left);
    }
    return RUNNING.orElseThrow();
  }

  /** A destination in a new bucket. */
  public static DestinationSpec spec(String prefix) {
    return at(endpoint(), newBucket(), prefix, Map.of());
  }

  /** The name of a new bucket. */
  public static String newBucket() {
    String bucket = "lake-" + BUCKETS.incrementAndGet();
    HttpRequest create =
        HttpRequest.newBuilder(endpoint().resolve("/storage/v1/b?project=test"))
            .POST(BodyPublishers.ofString("{\"name\":\"" + bucket + "\"}"))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(create, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return bucket;
  }

  static DestinationSpec at(
      URI endpoint, String bucket, String prefix, Map<String, Secret> secrets) {
    return new DestinationSpec(
        "lake",
        URI.create("gs://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix)),
        false,
        Map.of("endpoint", endpoint.toString()),
        secrets);
  }

  private static Optional<URI> start() {
    String named = System.getenv(WHERE);
    Path program = named == null ? USUAL : Path.of(named);
    if (named == null && !Files.exists(USUAL)) {
      return Optional.empty();
    }
    int port = ServerProcess.freePort();
    ServerProcess.start(
        port,
        List.of(
            program.toAbsolutePath().toString(),
            "-backend=memory",
            "-scheme=http",
            "-host=127.0.0.1",
            "-port=" + port,
            "-public-host=127.0.0.1:" + port,
            "-log-level=error"));
    return Optional.of(URI.create("http://127.0.0.1:" + port));
  }
}
