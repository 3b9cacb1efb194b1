package dev.tributary.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of one JSON object, read strictly. */
final class Fields {

  private final JsonNode node;

  /**
   * @throws UnreadableRecord if the node is no object
   */
  Fields(JsonNode node) throws UnreadableRecord {
    if (!node.isObject()) {
      throw new UnreadableRecord("it is no JSON object");
    }
    this.node = node;
  }

  String text(String name) throws UnreadableRecord {
    JsonNode value = value(name);
    if (!value.isTextual()) {
      throw new UnreadableRecord("its '" + name + "' is no text");
    }
    return value.textValue();
  }

  Optional<String> maybeText(String name) throws UnreadableRecord {
    return node.has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  Instant instant(String name) throws UnreadableRecord {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw new UnreadableRecord("its '" + name + "' is no instant", e);
    }
  }

  Optional<Instant> maybeInstant(String name) throws UnreadableRecord {
    return node.has(name) ? Optional.of(instant(name)) : Optional.empty();
  }

  /** A whole number that is not negative. */
  long count(String name) throws UnreadableRecord {
    JsonNode value = value(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new UnreadableRecord("its '" + name + "' is no count");
    }
    return value.longValue();
  }

  int smallCount(String name) throws UnreadableRecord {
    long value = count(name);
    if (value > Integer.MAX_VALUE) {
      throw new UnreadableRecord("its '" + name + "' is too large");
    }
    return (int) value;
  }

  boolean truth(String name) throws UnreadableRecord {
    JsonNode value = value(name);
    if (!value.isBoolean()) {
      throw new UnreadableRecord("its '" + name + "' is neither true nor false");
    }
    return value.booleanValue();
  }

  Fields fields(String name) throws UnreadableRecord {
    return new Fields(value(name));
  }

  List<Fields> list(String name) throws UnreadableRecord {
    JsonNode value = value(name);
    if (!value.isArray()) {
      throw new UnreadableRecord("its '" + name + "' is no list");
    }
    List<Fields> result = new ArrayList<>();
    for (JsonNode element : value) {
      result.add(new Fields(element));
    }
    return result;
  }

  boolean has(String name) {
    return node.has(name);
  }

  private JsonNode value(String name) throws UnreadableRecord {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new UnreadableRecord("it has no '" + name + "'");
    }
    return value;
  }
}
