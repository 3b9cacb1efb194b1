package dev.tributary.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * Puts the values of {@code $name} parameters into SQL, with the types that InfluxDB gives them.
 */
final class ParameterBinding {

  private ParameterBinding() {}

  /** The text with literals; values that no parameter asks for are passed over. */
  static String bind(String sql, Map<String, JsonNode> values) throws Refusal {
    List<SqlToken> tokens = SqlScanner.scan(sql);
    StringBuilder bound = new StringBuilder();
    int copied = 0;
    for (SqlToken token : tokens) {
      if (token.kind() == SqlToken.Kind.PARAMETER) {
        JsonNode value = values.get(token.text().substring(1));
        if (value == null) {
          throw Refusal.planning(
              "Error during planning: No value found for placeholder with name " + token.text());
        }
        bound.append(sql, copied, token.start()).append(literal(value));
        copied = token.end();
      }
    }
    return bound.append(sql, copied, sql.length()).toString();
  }

  /** Whole numbers from zero up are unsigned, so they do not compare with times. */
  private static String literal(JsonNode value) {
    if (value.isTextual()) {
      return SqlToken.quotedString(value.textValue());
    }
    if (value.isIntegralNumber()) {
      String type = value.bigIntegerValue().signum() < 0 ? "BIGINT" : "BIGINT UNSIGNED";
      return "CAST(" + value.asText() + " AS " + type + ")";
    }
    return value.isNumber() ? "CAST(" + value.asText() + " AS DOUBLE)" : value.asText();
  }
}
