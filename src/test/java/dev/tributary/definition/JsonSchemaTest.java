package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schema that editors use, against the table of keys and the example. */
class JsonSchemaTest {

  private static final Path FILE = Path.of("config/tributary.schema.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void theCommittedSchemaIsThatOfTheTableOfKeys() throws IOException {
    String now =
        MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(JsonSchema.document()) + "\n";
    if (Boolean.getBoolean("tributary.test.write")) {
      Files.writeString(FILE, now);
    }
    assertThat(Files.readString(FILE))
        .as("run this test with -Dtributary.test.write=true to write %s anew", FILE)
        .isEqualTo(now);
  }

  @Test
  void theExampleSatisfiesTheSchema() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("config"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        assertThat(offences(Files.readString(file))).as("%s", file).isEmpty();
      }
    }
  }

  @Test
  void theSchemaRefusesWhatTheReaderRefuses() {
    assertThat(offences("jobs: {a: {retries: 11}}")).containsExactly("/jobs/a/retries");
    assertThat(offences("jobs: {a: {windw: {every: 1h}}}")).containsExactly("/jobs/a/windw");
    assertThat(offences("jobs: {a: {window: {evry: 1h}}}")).containsExactly("/jobs/a/window/evry");
    assertThat(offences("jobs: {a: {format: csv}}")).containsExactly("/jobs/a/format");
    assertThat(offences("jobs: {A_b: {}}")).containsExactly("/jobs/A_b");
    assertThat(offences("jobs: {a: {timestamps: s}}")).containsExactly("/jobs/a/timestamps");
    assertThat(offences("sources: {a: {}}")).containsExactly("/sources/a");
    assertThat(offences("x-mine: [1, 2]")).isEmpty();
  }

  private static List<String> offences(String yaml) {
    Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    List<String> offences = new ArrayList<>();
    check(JsonSchema.document(), MAPPER.valueToTree(read), "", offences);
    return offences;
  }

  /** As much of JSON Schema as ours uses. */
  private static void check(JsonNode schema, JsonNode value, String at, List<String> offences) {
    if (schema.has("anyOf")) {
      for (JsonNode each : schema.get("anyOf")) {
        List<String> found = new ArrayList<>();
        check(each, value, at, found);
        if (found.isEmpty()) {
          return;
        }
      }
      offences.add(at);
      return;
    }
    boolean fits =
        (!schema.has("type") || hasType(schema.get("type"), value))
            && (!schema.has("enum") || contains(schema.get("enum"), value))
            && (!schema.has("pattern") || value.asText().matches(schema.get("pattern").asText()))
            && (!schema.has("minimum") || value.asDouble() >= schema.get("minimum").asDouble())
            && (!schema.has("maximum") || value.asDouble() <= schema.get("maximum").asDouble());
    for (JsonNode required : schema.path("required")) {
      fits &= value.has(required.asText());
    }
    if (!fits) {
      offences.add(at);
    }
    value
        .properties()
        .forEach(
            entry -> {
              String path = at + "/" + entry.getKey();
              JsonNode inner = property(schema, entry.getKey());
              if (inner.isBoolean()) {
                offences.add(path);
              } else {
                check(inner, entry.getValue(), path, offences);
              }
            });
    for (JsonNode item : value.isArray() ? value : MAPPER.createArrayNode()) {
      check(schema.path("items"), item, at, offences);
    }
  }

  private static JsonNode property(JsonNode schema, String name) {
    if (schema.path("properties").has(name)) {
      return schema.get("properties").get(name);
    }
    Iterator<String> patterns = schema.path("patternProperties").fieldNames();
    while (patterns.hasNext()) {
      String pattern = patterns.next();
      if (java.util.regex.Pattern.compile(pattern).matcher(name).find()) {
        return schema.get("patternProperties").get(pattern);
      }
    }
    return schema.path("additionalProperties");
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (hasType(each, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      // an unquoted date reads as a number of milliseconds here
      case "string" -> value.isTextual() || value.isIntegralNumber();
      default -> false;
    };
  }
}
