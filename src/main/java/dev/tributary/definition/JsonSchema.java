package dev.tributary.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON Schema of definitions, for editors, made of the table of keys. */
final class JsonSchema {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String NAME = "^[a-z0-9][a-z0-9-]{0,62}$";

  private JsonSchema() {}

  /** The whole schema, in an order that is the same on every run. */
  static ObjectNode document() {
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Tributary definitions");
    schema.put("type", "object");
    ObjectNode sections = schema.putObject("properties");
    Keys.SECTIONS.forEach((name, keys) -> sections.set(name, section(name, keys)));
    schema.putObject("patternProperties").putObject("^x-");
    schema.put("additionalProperties", false);
    return schema;
  }

  private static ObjectNode section(String name, List<Key<?>> keys) {
    if (!Keys.NAMED.contains(name)) {
      return mapping(keys, "");
    }
    ObjectNode section = NODES.objectNode();
    section.put("type", "object");
    ObjectNode entry = mapping(keys, "");
    if (!name.equals("jobs")) {
      // what a job needs may stand under 'defaults'
      entry.putArray("required").add("url");
    }
    section.putObject("patternProperties").set(NAME, entry);
    section.put("additionalProperties", false);
    return section;
  }

  private static ObjectNode mapping(List<Key<?>> keys, String prefix) {
    ObjectNode mapping = NODES.objectNode();
    mapping.put("type", "object");
    ObjectNode properties = mapping.putObject("properties");
    for (Key<?> key : keys) {
      if (!key.name().startsWith(prefix)) {
        continue;
      }
      String rest = key.name().substring(prefix.length());
      int dot = rest.indexOf('.');
      String property = dot < 0 ? rest : rest.substring(0, dot);
      if (properties.has(property)) {
        continue;
      }
      boolean isGroup =
          keys.stream().anyMatch(each -> each.name().startsWith(prefix + property + "."));
      ObjectNode group = isGroup ? mapping(keys, prefix + property + ".") : NODES.objectNode();
      properties.set(property, dot >= 0 ? group : isGroup ? either(value(key), group) : value(key));
    }
    mapping.put("additionalProperties", false);
    return mapping;
  }

  private static ObjectNode either(ObjectNode one, ObjectNode other) {
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(one).add(other);
    return either;
  }

  private static ObjectNode value(Key<?> key) {
    ObjectNode scalar = scalar(key.type().schema());
    ObjectNode value =
        switch (key.type().form()) {
          case ONE -> scalar;
          case MANY -> {
            ObjectNode list = NODES.objectNode();
            list.put("type", "array");
            list.set("items", scalar);
            yield either(scalar.deepCopy(), list);
          }
          case MAP -> {
            ObjectNode map = NODES.objectNode();
            map.put("type", "object");
            map.set("additionalProperties", scalar);
            yield map;
          }
        };
    value.put("description", key.doc());
    if (!key.fallback().isEmpty()) {
      value.set("default", fallback(key));
    }
    return value;
  }

  /** Of maps without order, one in the order of the alphabet. */
  private static ObjectNode scalar(Map<String, Object> schema) {
    ObjectNode scalar = NODES.objectNode();
    new TreeMap<>(schema).forEach((name, value) -> scalar.set(name, MAPPER.valueToTree(value)));
    return scalar;
  }

  private static JsonNode fallback(Key<?> key) {
    Object type = key.type().schema().getOrDefault("type", "string");
    return switch (String.valueOf(type)) {
      case "integer" -> NODES.numberNode(Long.parseLong(key.fallback()));
      case "number" -> NODES.numberNode(Double.parseDouble(key.fallback()));
      case "boolean" -> NODES.booleanNode(Boolean.parseBoolean(key.fallback()));
      default -> NODES.textNode(key.fallback());
    };
  }
}
