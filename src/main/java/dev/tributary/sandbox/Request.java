package dev.tributary.sandbox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.CallStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket asks for.
 *
 * @param database in which to look
 * @param text of the query
 * @param language of the text
 * @param parameters by name, without the dollar sign; scalars
 */
record Request(String database, String text, Language language, Map<String, JsonNode> parameters) {

  enum Language {
    SQL,
    INFLUXQL
  }

  private static final List<String> DATABASE_NAMES =
      List.of("database", "namespace_name", "bucket", "bucket-name");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Reads a ticket as InfluxDB does: whatever is wrong, the answer is the same. */
  static Request read(byte[] ticket) throws Refusal {
    JsonNode node;
    try {
      node = JSON.readTree(ticket);
    } catch (JacksonException e) {
      throw unreadable();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
    List<JsonNode> databases = DATABASE_NAMES.stream().filter(node::has).map(node::path).toList();
    JsonNode text = node.path("sql_query");
    if (databases.size() != 1 || !databases.get(0).isTextual() || !text.isTextual()) {
      throw unreadable();
    }
    return new Request(
        databases.get(0).textValue(),
        text.textValue(),
        language(node.path("query_type")),
        parameters(node.path("params")));
  }

  /** The parameters as null, {@code Boolean}, {@code Number} or {@code String}. */
  Map<String, @Nullable Object> plainParameters() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    parameters.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static @Nullable Object plain(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue();
      case NUMBER -> value.numberValue();
      case BOOLEAN -> value.booleanValue();
      default -> null;
    };
  }

  private static Language language(JsonNode type) throws Refusal {
    if (type.isMissingNode() || type.isNull() || type.asText().equals("sql")) {
      return Language.SQL;
    }
    if (type.asText().equals("influxql")) {
      return Language.INFLUXQL;
    }
    throw unreadable();
  }

  private static Map<String, JsonNode> parameters(JsonNode node) throws Refusal {
    if (!node.isMissingNode() && !node.isObject()) {
      throw unreadable();
    }
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> parameter : node.properties()) {
      if (parameter.getValue().isContainerNode()) {
        throw unreadable();
      }
      parameters.put(parameter.getKey(), parameter.getValue());
    }
    return parameters;
  }

  private static Refusal unreadable() {
    return new Refusal(CallStatus.INVALID_ARGUMENT, "Invalid ticket. Error: Invalid ticket");
  }
}
