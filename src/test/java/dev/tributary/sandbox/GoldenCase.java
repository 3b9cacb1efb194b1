package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** One recorded answer of a real InfluxDB 3, and how an answer of ours is held against it. */
record GoldenCase(String name, JsonNode recorded) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  private static final int ULPS = 4;

  static Path folder() {
    return Path.of("src/test/resources/golden");
  }

  static List<GoldenCase> all() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(GoldenCase::read)
          .toList();
    }
  }

  private static GoldenCase read(Path file) {
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      return new GoldenCase(node.get("name").textValue(), node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isInfluxql() {
    return recorded.path("ticket").path("query_type").asText().equals("influxql");
  }

  byte[] ticket() {
    JsonNode ticket = recorded.get("ticket");
    String text = ticket.isTextual() ? ticket.textValue() : ticket.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Fails where the answer differs in anything that a client can see, save the cut of batches. */
  void compare(Answer answer) {
    String expected = recorded.path("message").asText();
    if (expected.contains("Resources exhausted")) {
      // what follows names the server's operators and their bytes
      assertThat(answer.message()).startsWith(expected.lines().findFirst().orElseThrow());
    } else {
      assertThat(answer.message()).isEqualTo(expected);
    }
    assertThat(answer.status()).isEqualTo(recorded.get("status").textValue());
    if (!answer.status().equals("OK")) {
      return;
    }
    assertThat(columns(answer)).isEqualTo(expectedColumns());
    assertThat(Objects.requireNonNull(answer.schema()).getCustomMetadata())
        .isEqualTo(JSON.convertValue(recorded.get("schema_metadata"), TEXTS));
    List<List<@Nullable Object>> rows = new ArrayList<>(answer.rows());
    List<JsonNode> wanted = new ArrayList<>();
    recorded.get("rows").forEach(wanted::add);
    if (!recorded
            .path("ticket")
            .path("sql_query")
            .asText()
            .toUpperCase(Locale.ROOT)
            .contains("ORDER BY")
        && !isInfluxql()) {
      rows.sort((a, b) -> a.toString().compareTo(b.toString()));
      wanted.sort((a, b) -> texts(a).compareTo(texts(b)));
    }
    assertThat(rows).hasSize(recorded.get("row_count").intValue());
    for (int i = 0; i < wanted.size(); i++) {
      for (int column = 0; column < wanted.get(i).size(); column++) {
        Object value = rows.get(i).get(column);
        assertThat(same(wanted.get(i).get(column), value))
            .as("row %s column %s: %s, recorded %s", i, column, value, wanted.get(i).get(column))
            .isTrue();
      }
    }
  }

  private static String texts(JsonNode row) {
    List<String> values = new ArrayList<>();
    row.forEach(value -> values.add(value.asText()));
    return values.toString();
  }

  private static boolean same(JsonNode recorded, @Nullable Object value) {
    if (value == null || recorded.isNull()) {
      return value == null && recorded.isNull();
    }
    if (value instanceof Map<?, ?> members) {
      if (members.size() != recorded.size()) {
        return false;
      }
      for (Map.Entry<String, JsonNode> member : recorded.properties()) {
        if (!same(member.getValue(), members.get(member.getKey()))) {
          return false;
        }
      }
      return true;
    }
    if (value instanceof Double ours) {
      double theirs = number(recorded);
      return Double.doubleToLongBits(ours) == Double.doubleToLongBits(theirs)
          || (theirs != 0 && Math.abs(ours - theirs) <= ULPS * Math.ulp(theirs));
    }
    if (recorded.isIntegralNumber()) {
      return recorded.bigIntegerValue().equals(new BigInteger(value.toString()));
    }
    return recorded.asText().equals(value.toString());
  }

  private static double number(JsonNode recorded) {
    return switch (recorded.path("float").asText()) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> recorded.doubleValue();
    };
  }

  private List<String> expectedColumns() {
    List<String> columns = new ArrayList<>();
    for (JsonNode field : recorded.get("schema")) {
      columns.add(
          "%s %s %s %s"
              .formatted(
                  field.get("name").textValue(),
                  field.get("type").textValue(),
                  field.get("nullable").booleanValue() ? "nullable" : "not null",
                  JSON.convertValue(field.get("metadata"), TEXTS)));
    }
    return columns;
  }

  private static List<String> columns(Answer answer) {
    List<String> columns = new ArrayList<>();
    for (Field field : Objects.requireNonNull(answer.schema()).getFields()) {
      columns.add(
          "%s %s %s %s"
              .formatted(
                  field.getName(),
                  type(field),
                  field.isNullable() ? "nullable" : "not null",
                  field.getMetadata()));
    }
    return columns;
  }

  private static String type(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Timestamp time) {
      return time.getTimezone() == null
          ? "timestamp[ns]"
          : "timestamp[ns, tz=" + time.getTimezone() + "]";
    }
    if (type instanceof ArrowType.Int number) {
      return (number.getIsSigned() ? "int" : "uint") + number.getBitWidth();
    }
    if (type instanceof ArrowType.Struct) {
      List<String> members = new ArrayList<>();
      field.getChildren().forEach(member -> members.add(member.getName() + ": " + type(member)));
      return "struct<" + String.join(", ", members) + ">";
    }
    return switch (type.getTypeID()) {
      case Utf8 -> "string";
      case FloatingPoint -> "double";
      case Bool -> "bool";
      case Null -> "null";
      default -> type.toString();
    };
  }
}
