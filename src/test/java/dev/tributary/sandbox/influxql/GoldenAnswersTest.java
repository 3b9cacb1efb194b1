package dev.tributary.sandbox.influxql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.LoadedTables;
import dev.tributary.sandbox.influxql.InfluxqlResult.Column;
import dev.tributary.sandbox.influxql.InfluxqlResult.ValueType;
import dev.tributary.sandbox.table.Tables;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every answer recorded from a real server, asked again of the engine. */
class GoldenAnswersTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InstantSource RECORDED =
      InstantSource.fixed(Instant.parse("2026-11-23T04:00:00Z"));

  @TestFactory
  Stream<DynamicTest> theEngineAnswersAsTheServerDid() throws Exception {
    return cases().stream().map(file -> DynamicTest.dynamicTest(name(file), () -> compare(file)));
  }

  @Test
  void allRecordedQueriesAreAsked() throws Exception {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(22);
  }

  /** The file limit is the server's own, not the language's. */
  private static List<Path> cases() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(golden("").toAbsolutePath())) {
      return files
          .filter(file -> name(file).contains("influxql") && name(file).endsWith(".json"))
          .filter(file -> !name(file).contains("file-limit"))
          .sorted()
          .toList();
    }
  }

  private static Path golden(String name) throws URISyntaxException {
    Path home = Path.of(GoldenAnswersTest.class.getResource("/golden/home.lp").toURI());
    return home.resolveSibling(name);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static void compare(Path file) throws Exception {
    JsonNode recorded = JSON.readTree(file.toFile());
    JsonNode ticket = recorded.get("ticket");
    Map<String, @Nullable Object> parameters = new HashMap<>();
    if (ticket.has("params")) {
      ticket
          .get("params")
          .properties()
          .forEach(
              entry ->
                  parameters.put(
                      entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
    }
    InfluxqlEngine engine = new InfluxqlEngine(tables(recorded.get("data").asText()), RECORDED);
    InfluxqlResult answer;
    try {
      answer = engine.execute(ticket.get("sql_query").asText(), parameters);
    } catch (InfluxqlRefusal e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(recorded.get("status").asText());
      assertThat(e).hasMessage(recorded.get("message").asText());
      return;
    }
    assertThat(recorded.get("status").asText()).isEqualTo("OK");
    compareSchema(recorded, answer);
    compareRows(recorded.get("rows"), answer);
  }

  private static Tables tables(String data) throws Exception {
    return LoadedTables.of(
        Files.readString(golden(data)),
        data.equals("home.lp") ? TimeUnit.SECONDS : TimeUnit.NANOSECONDS);
  }

  private static void compareSchema(JsonNode recorded, InfluxqlResult answer) {
    List<String> expected =
        recorded
            .get("schema")
            .valueStream()
            .map(
                field ->
                    field.get("name").asText()
                        + "|"
                        + field.get("type").asText()
                        + "|"
                        + field.get("nullable").asBoolean()
                        + "|"
                        + texts(field.get("metadata")))
            .toList();
    assertThat(answer.columns())
        .extracting(
            column ->
                column.name()
                    + "|"
                    + typeName(column)
                    + "|"
                    + column.nullable()
                    + "|"
                    + column.metadata())
        .isEqualTo(expected);
    assertThat(answer.metadata()).isEqualTo(texts(recorded.get("schema_metadata")));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  private static String typeName(Column column) {
    return switch (column.type()) {
      case TIMESTAMP ->
          column.zone().map(zone -> "timestamp[ns, tz=" + zone + "]").orElse("timestamp[ns]");
      case STRING -> "string";
      case DOUBLE -> "double";
      case INT64 -> "int64";
      case UINT64 -> "uint64";
      case BOOL -> "bool";
      case NULL -> "null";
    };
  }

  private static void compareRows(JsonNode rows, InfluxqlResult answer) {
    assertThat(answer.rows()).isEqualTo(rows.size());
    for (int column = 0; column < answer.columns().size(); column++) {
      Column answered = answer.columns().get(column);
      assertThat(answered.values()).hasSize(rows.size());
      for (int row = 0; row < rows.size(); row++) {
        compareValue(rows.get(row).get(column), answered, row);
      }
    }
  }

  private static void compareValue(JsonNode expected, Column column, int row) {
    Object value = column.values().get(row);
    String where = column.name() + " in row " + row;
    if (expected.isNull()) {
      assertThat(value).as(where).isNull();
    } else if (value instanceof Double number) {
      double wanted = expected.asDouble();
      if (Math.abs(number - wanted) > 4 * Math.ulp(wanted)) {
        fail(where + " is " + number + ", not " + wanted);
      }
    } else if (column.type() == ValueType.UINT64 && value instanceof Long bits) {
      assertThat(new BigInteger(Long.toUnsignedString(bits)))
          .as(where)
          .isEqualTo(expected.bigIntegerValue());
    } else if (value instanceof Long whole) {
      assertThat(whole).as(where).isEqualTo(expected.longValue());
    } else {
      assertThat(String.valueOf(value)).as(where).isEqualTo(expected.asText());
    }
  }
}
