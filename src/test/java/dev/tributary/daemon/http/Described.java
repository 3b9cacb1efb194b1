package dev.tributary.daemon.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds documents against the part of JSON Schema that the API's description uses. */
record Described(JsonNode openapi) {

  /** Where a document differs from its schema, one line each. */
  List<String> mistakes(JsonNode schema, JsonNode document) {
    List<String> mistakes = new ArrayList<>();
    check("", schema, document, mistakes);
    return mistakes;
  }

  private void check(String at, JsonNode schema, JsonNode value, List<String> mistakes) {
    if (schema.has("$ref")) {
      check(at, openapi.at(schema.get("$ref").asText().substring(1)), value, mistakes);
      return;
    }
    boolean fits =
        switch (schema.get("type").asText()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber() && value.asLong() >= 0;
          case "boolean" -> value.isBoolean();
          default -> false;
        };
    if (!fits) {
      mistakes.add(at + ": not of type " + schema.get("type") + ": " + value);
      return;
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      mistakes.add(at + ": not one of " + schema.get("enum") + ": " + value);
    }
    if (value.isArray()) {
      value.forEach(item -> check(at + "[]", schema.get("items"), item, mistakes));
    }
    if (value.isObject()) {
      members(at, schema, value, mistakes);
    }
  }

  private void members(String at, JsonNode schema, JsonNode value, List<String> mistakes) {
    for (JsonNode name : schema.get("required")) {
      if (!value.has(name.asText())) {
        mistakes.add(at + ": lacks " + name);
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode described = schema.get("properties").get(member.getKey());
      if (described == null) {
        mistakes.add(at + ": has " + member.getKey() + ", which is not described");
      } else {
        check(at + "/" + member.getKey(), described, member.getValue(), mistakes);
      }
    }
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode each : list) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
