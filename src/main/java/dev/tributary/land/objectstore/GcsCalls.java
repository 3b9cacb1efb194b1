package dev.tributary.land.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tributary.land.objectstore.StoreFault.Sort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to Google Cloud Storage's JSON interface. Safe for use by several threads. */
final class GcsCalls {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final long IDLE_SECONDS = 60;

  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

  /** Less than this in a second counts as no answer. */
  private static final int SLOWEST = 256 << 10;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI endpoint;
  private final GcsTokens tokens;
  private final String bucket;

  GcsCalls(URI endpoint, GcsTokens tokens, String bucket) {
    this.endpoint = endpoint;
    this.tokens = tokens;
    this.bucket = bucket;
  }

  /** The address of an object's description, or with {@code alt=media} of its bytes. */
  URI object(String name, Map<String, String> query) {
    return address("/storage/v1/b/" + percent(bucket) + "/o/" + percent(name), query);
  }

  URI listing(Map<String, String> query) {
    return address("/storage/v1/b/" + percent(bucket) + "/o", query);
  }

  URI upload(Map<String, String> query) {
    return address("/upload/storage/v1/b/" + percent(bucket) + "/o", query);
  }

  private URI address(String path, Map<String, String> query) {
    StringBuilder text = new StringBuilder(endpoint.toString()).append(path);
    char mark = '?';
    for (Map.Entry<String, String> each : query.entrySet()) {
      text.append(mark).append(each.getKey()).append('=').append(percent(each.getValue()));
      mark = '&';
    }
    return URI.create(text.toString());
  }

  /**
   * Makes a request in the name of the credentials.
   *
   * @param bytes how many go or come at most, for the time it may take
   */
  GcsAnswer ask(HttpRequest.Builder request, long bytes) throws StoreFault {
    URI address = request.copy().build().uri();
    tokens
        .headers(address)
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return askOpenly(request, bytes);
  }

  /** Makes a request whose address is secret itself, as an upload's is. */
  GcsAnswer askOpenly(HttpRequest.Builder request, long bytes) throws StoreFault {
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(request.build(), BodyHandlers.ofByteArray());
    try {
      HttpResponse<byte[]> answer = asked.get(IDLE_SECONDS + bytes / SLOWEST, TimeUnit.SECONDS);
      return new GcsAnswer(answer.statusCode(), answer.headers(), answer.body());
    } catch (ExecutionException | TimeoutException e) {
      throw new StoreFault(Sort.UNCLEAR, "no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFault(Sort.UNCLEAR, "the request was interrupted", e);
    } finally {
      asked.cancel(true);
    }
  }

  /** So many bytes of a body, from a position. */
  static BodyPublisher part(Body body, int from, int length) {
    return length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> body.stream(from, length)), length);
  }

  /** Every byte of a name that means something in an address, escaped. */
  private static String percent(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : text.getBytes(UTF_8)) {
      if (PLAIN.indexOf(each) >= 0) {
        escaped.append((char) each);
      } else {
        escaped.append(String.format("%%%02X", each));
      }
    }
    return escaped.toString();
  }
}
