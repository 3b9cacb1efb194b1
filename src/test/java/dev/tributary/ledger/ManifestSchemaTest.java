package dev.tributary.ledger;

import static dev.tributary.ledger.ManifestSamples.hour;
import static dev.tributary.ledger.ManifestSamples.manifest;
import static dev.tributary.ledger.ManifestSamples.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Window;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestSchemaTest {

  private final JsonNode schema = schema();

  @Test
  void everyManifestKeepsToTheSchema() throws Exception {
    Manifest snapshot = manifest(Window.at(ManifestSamples.START), 3, "a3");
    for (Manifest manifest :
        List.of(manifest(hour(0), 1, "a1"), skipped(hour(1), "a2"), snapshot)) {
      assertThat(faults(written(manifest), schema, "")).isEmpty();
    }
  }

  @Test
  void theSchemaNamesEveryFieldThatIsWritten() throws Exception {
    Set<String> fields = new java.util.TreeSet<>();
    written(manifest(hour(0), 1, "a")).fieldNames().forEachRemaining(fields::add);
    written(skipped(hour(0), "a")).fieldNames().forEachRemaining(fields::add);
    Set<String> named = new java.util.TreeSet<>();
    schema.get("properties").fieldNames().forEachRemaining(named::add);

    assertThat(named).isEqualTo(fields);
  }

  @Test
  void fieldsAreAlwaysInOneOrder() throws Exception {
    List<String> order = new ArrayList<>();
    written(manifest(hour(0), 1, "a")).fieldNames().forEachRemaining(order::add);

    assertThat(order)
        .containsExactly(
            "format",
            "job",
            "window",
            "generation",
            "status",
            "rows",
            "first",
            "last",
            "digest",
            "truncated",
            "files",
            "schema",
            "columns",
            "source",
            "query",
            "definition",
            "attempt",
            "began",
            "ended",
            "version");
  }

  @Test
  void aManifestThatBreaksTheSchemaIsFoundOut() throws Exception {
    ObjectNode broken = (ObjectNode) written(manifest(hour(0), 1, "a"));
    broken.remove("digest");
    broken.put("rows", -1).put("status", "fine").put("secret", "x");

    assertThat(faults(broken, schema, ""))
        .containsExactlyInAnyOrder("/digest missing", "/rows below", "/status", "/secret unknown");
  }

  private static JsonNode written(Manifest manifest) throws IOException {
    return new ObjectMapper().readTree(Records.bytes(ManifestJson.write(manifest)));
  }

  private static JsonNode schema() {
    try (InputStream stream = Ledger.class.getResourceAsStream("manifest.schema.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The few words of JSON Schema that ours uses. */
  private static List<String> faults(JsonNode value, JsonNode schema, String at) {
    List<String> faults = new ArrayList<>();
    if (schema.has("const") && !schema.get("const").equals(value)) {
      faults.add(at);
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      faults.add(at);
    }
    if (schema.has("type") && !hasType(value, schema.get("type").asText())) {
      faults.add(at + " type");
    }
    if (schema.has("minimum") && value.asLong() < schema.get("minimum").asLong()) {
      faults.add(at + " below");
    }
    if (schema.has("pattern") && !value.asText().matches(schema.get("pattern").asText())) {
      faults.add(at + " form");
    }
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        faults.add(at + "/" + required.asText() + " missing");
      }
    }
    if (schema.has("properties")) {
      value
          .fieldNames()
          .forEachRemaining(
              name -> {
                JsonNode of = schema.get("properties").get(name);
                faults.addAll(
                    of == null
                        ? List.of(at + "/" + name + " unknown")
                        : faults(value.get(name), of, at + "/" + name));
              });
    }
    for (int i = 0; schema.has("items") && i < value.size(); i++) {
      faults.addAll(faults(value.get(i), schema.get("items"), at + "/" + i));
    }
    return faults;
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode element : list) {
      if (element.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasType(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new AssertionError(type);
    };
  }
}
