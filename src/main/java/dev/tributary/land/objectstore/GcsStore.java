package dev.tributary.land.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.SecretReader;
import dev.tributary.land.Condition;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Google Cloud Storage, by its JSON interface: its XML uploads of parts know no conditions. A
 * version is a generation.
 */
final class GcsStore implements ObjectStore {

  private static final String PUBLIC = "https://storage.googleapis.com";
  private static final String FIELDS = "name,size,generation";

  private final GcsCalls calls;
  private final int pageSize;

  GcsStore(GcsCalls calls, int pageSize) {
    this.calls = calls;
    this.pageSize = pageSize;
  }

  static GcsStore open(DestinationSpec spec, SecretReader secrets) {
    return open(spec, secrets, 1_000);
  }

  static GcsStore open(DestinationSpec spec, SecretReader secrets, int pageSize) {
    String given = spec.settings().getOrDefault("endpoint", PUBLIC);
    URI endpoint = URI.create(given.replaceAll("/+$", ""));
    GcsTokens tokens = new GcsTokens(spec, secrets, endpoint);
    return new GcsStore(new GcsCalls(endpoint, tokens, spec.url().getAuthority()), pageSize);
  }

  @Override
  public Optional<Found> head(String name) throws StoreFault {
    GcsAnswer answer =
        calls.ask(
            HttpRequest.newBuilder(calls.object(name, Map.of("fields", FIELDS + ",metadata"))), 0);
    if (answer.isMissingObject()) {
      return Optional.empty();
    }
    JsonNode object = good(answer).json();
    Map<String, String> metadata = new HashMap<>();
    object
        .path("metadata")
        .properties()
        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
    Found found = found(object);
    return Optional.of(new Found(found.name(), found.bytes(), found.version(), metadata));
  }

  @Override
  public Optional<Instant> written(String name) throws StoreFault {
    GcsAnswer answer =
        calls.ask(HttpRequest.newBuilder(calls.object(name, Map.of("fields", "updated"))), 0);
    return answer.isMissingObject()
        ? Optional.empty()
        : Optional.of(Instant.parse(good(answer).json().path("updated").asText()));
  }

  @Override
  public byte[] read(Found object, long position, int length) throws StoreFault {
    Map<String, String> query = Map.of("alt", "media", "generation", object.version());
    GcsAnswer answer =
        calls.ask(
            HttpRequest.newBuilder(calls.object(object.name(), query))
                .header("Range", "bytes=" + position + "-" + (position + length - 1)),
            length);
    if (answer.isMissingObject()) {
      throw new StoreFault(Sort.REFUSED, "the object changed while it was read", answer.fault());
    }
    return good(answer).body();
  }

  @Override
  public Optional<byte[]> read(String name, int limit) throws StoreFault {
    GcsAnswer answer =
        calls.ask(
            HttpRequest.newBuilder(calls.object(name, Map.of("alt", "media")))
                .header("Range", "bytes=0-" + (limit - 1)),
            limit);
    if (answer.isMissingObject()) {
      return Optional.empty();
    }
    // an object without bytes has no first one to begin a range with
    return Optional.of(answer.status() == 416 ? new byte[0] : upTo(limit, good(answer).body()));
  }

  private static byte[] upTo(int limit, byte[] body) {
    return body.length > limit ? Arrays.copyOf(body, limit) : body;
  }

  @Override
  public Page list(Scope scope, Optional<String> token) throws StoreFault {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("prefix", scope.prefix());
    query.put("maxResults", String.valueOf(pageSize));
    query.put("fields", "nextPageToken,prefixes,items(" + FIELDS + ")");
    if (!scope.flat()) {
      query.put("delimiter", "/");
    }
    if (!scope.after().isEmpty()) {
      query.put("startOffset", scope.after());
    }
    token.ifPresent(next -> query.put("pageToken", next));
    JsonNode answer = good(calls.ask(HttpRequest.newBuilder(calls.listing(query)), 0)).json();
    List<Found> objects = new ArrayList<>();
    for (JsonNode item : answer.path("items")) {
      Found object = found(item);
      // an offset is a listing's first name, not the last before it
      if (!object.name().equals(scope.after())) {
        objects.add(object);
      }
    }
    List<String> folders = new ArrayList<>();
    answer.path("prefixes").forEach(folder -> folders.add(folder.asText()));
    return new Page(
        objects,
        folders,
        Optional.of(answer.path("nextPageToken").asText()).filter(next -> !next.isEmpty()));
  }

  @Override
  public String put(
      String name, Body body, Map<String, String> metadata, Optional<Condition> condition)
      throws StoreFault {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("uploadType", "multipart");
    query.put("fields", "generation");
    condition.ifPresent(wanted -> query.put("ifGenerationMatch", generation(wanted)));
    CRC32C sum = new CRC32C();
    body.addTo(sum);
    String boundary = UUID.randomUUID().toString();
    String head =
        "--%s\r\nContent-Type: application/json\r\n\r\n%s\r\n--%s\r\nContent-Type: %s\r\n\r\n"
            .formatted(
                boundary,
                description(name, metadata).put("crc32c", GcsUpload.crc32c(sum)),
                boundary,
                "application/octet-stream");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(calls.upload(query))
            .header("Content-Type", "multipart/related; boundary=" + boundary)
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofByteArray(head.getBytes(UTF_8)),
                    GcsCalls.part(body, 0, body.length()),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
    return good(calls.ask(request, body.length())).generation();
  }

  /**
   * {@inheritDoc} The store wants to know the condition now, so the object is looked at: what is
   * there must still be there at the completion, whatever its condition.
   */
  @Override
  public Upload begin(String name, Map<String, String> metadata) throws StoreFault {
    Condition now = new Condition(head(name).map(Found::version));
    Map<String, String> query = new LinkedHashMap<>();
    query.put("uploadType", "resumable");
    query.put("ifGenerationMatch", generation(now));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(calls.upload(query))
            .header("Content-Type", "application/json")
            .header("X-Upload-Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofString(description(name, metadata).toString()));
    GcsAnswer answer = good(calls.ask(request, 0));
    String session = answer.header("Location").orElseThrow(answer::fault);
    return new GcsUpload(calls, URI.create(session), now);
  }

  private static ObjectNode description(String name, Map<String, String> metadata) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("name", name);
    if (!metadata.isEmpty()) {
      metadata.forEach(object.putObject("metadata")::put);
    }
    return object;
  }

  @Override
  public void delete(String name) throws StoreFault {
    GcsAnswer answer = calls.ask(HttpRequest.newBuilder(calls.object(name, Map.of())).DELETE(), 0);
    if (!answer.isMissingObject()) {
      good(answer);
    }
  }

  /** {@inheritDoc} There is no list of them; the store forgets them after a week by itself. */
  @Override
  public List<Pending> pending(String prefix) {
    return List.of();
  }

  @Override
  public void abandon(Pending upload) {
    throw new IllegalArgumentException("no upload was ever listed");
  }

  @Override
  public void close() {
    // connections end with their threads, when nobody asks any more
  }

  private static Found found(JsonNode object) {
    return new Found(
        object.path("name").asText(),
        object.path("size").asLong(),
        object.path("generation").asText());
  }

  private static String generation(Condition condition) {
    return condition.version().orElse("0");
  }

  static GcsAnswer good(GcsAnswer answer) throws StoreFault {
    if (!answer.isGood()) {
      throw answer.fault();
    }
    return answer;
  }
}
