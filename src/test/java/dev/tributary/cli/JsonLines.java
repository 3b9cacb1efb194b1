package dev.tributary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Output of {@code --json}: a document on each line, and nothing else. */
final class JsonLines {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonLines() {}

  static List<JsonNode> of(Typed typed) {
    List<JsonNode> documents = new ArrayList<>();
    for (String line : typed.out().lines().toList()) {
      try {
        documents.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + line, e);
      }
    }
    return documents;
  }

  /** The names of a document's fields, in order. */
  static List<String> fields(JsonNode document) {
    List<String> names = new ArrayList<>();
    document.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
