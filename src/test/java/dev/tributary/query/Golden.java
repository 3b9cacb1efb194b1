package dev.tributary.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An answer of a real InfluxDB 3 server, recorded.
 *
 * @param name of its files under {@code golden/}
 * @param json the ticket, the status, and what the answer held
 * @param arrows the batches as an Arrow IPC stream, keep-alives included; empty if none came
 */
public record Golden(String name, JsonNode json, Optional<byte[]> arrows) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Every recorded answer, by name. */
  public static List<Golden> all() {
    try (Stream<Path> files = Files.list(Path.of(resource("golden").toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json"))
          .sorted()
          .map(file -> read(file.substring(0, file.length() - ".json".length())))
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer of this name. */
  public static Golden read(String name) {
    return new Golden(
        name,
        node(bytes("golden/" + name + ".json").orElseThrow()),
        bytes("golden/" + name + ".arrows"));
  }

  /** How the call ended. */
  public Status status() {
    Status status = Status.fromCode(Status.Code.valueOf(json.path("status").asText()));
    return status.isOk() ? status : status.withDescription(json.path("message").asText());
  }

  /** The query's text; whatever was sent, where the ticket was no JSON object. */
  public String query() {
    JsonNode ticket = json.path("ticket");
    return ticket.isObject() ? ticket.path("sql_query").asText() : ticket.asText();
  }

  /** The database, under whichever of its names it was sent. */
  public String database() {
    return databaseOf(json.path("ticket"));
  }

  /** Whether the query was InfluxQL. */
  public boolean influxql() {
    return "influxql".equals(json.path("ticket").path("query_type").asText());
  }

  /** Whether this is the answer to that ticket; parameters are not compared. */
  boolean answers(JsonNode ticket) {
    return database().equals(databaseOf(ticket))
        && query().equals(ticket.path("sql_query").asText())
        && influxql() == "influxql".equals(ticket.path("query_type").asText());
  }

  @Override
  public String toString() {
    return name;
  }

  private static String databaseOf(JsonNode ticket) {
    return Stream.of("database", "namespace_name", "bucket", "bucket-name")
        .map(ticket::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .findFirst()
        .orElse("");
  }

  private static URL resource(String path) {
    return Objects.requireNonNull(Golden.class.getClassLoader().getResource(path), path);
  }

  private static Optional<byte[]> bytes(String path) {
    try (InputStream in = Golden.class.getClassLoader().getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode node(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // an array component: the name stands for the answer
  @Override
  public boolean equals(Object other) {
    return other instanceof Golden golden && golden.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
