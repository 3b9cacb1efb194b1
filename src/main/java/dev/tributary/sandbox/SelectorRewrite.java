package dev.tributary.sandbox;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * InfluxDB's selectors in terms of the engine's own aggregates: {@code selector_max(v, t, o)} is a
 * struct of {@code value}, {@code time} and {@code other_1}, all taken from one row, the one that
 * comes first in an order. Rows whose value is null do not count; of equal values the earliest
 * does.
 */
final class SelectorRewrite {

  private SelectorRewrite() {}

  /** The four rules by function name. */
  static Map<String, CallRewrite.Rule> rules() {
    return Map.of(
        "selector_first", call -> struct("selector_first", call, "%2$s ASC"),
        "selector_last", call -> struct("selector_last", call, "%2$s DESC"),
        "selector_min", call -> struct("selector_min", call, "%1$s ASC NULLS LAST, %2$s ASC"),
        "selector_max", call -> struct("selector_max", call, "%1$s DESC NULLS LAST, %2$s ASC"));
  }

  private static String struct(String name, List<String> arguments, String order) throws Refusal {
    if (arguments.size() < 2) {
      throw Refusal.planning(
          "Error during planning: "
              + name
              + " requires at least 2 arguments, got "
              + arguments.size());
    }
    String value = arguments.get(0);
    String chosen =
        " ORDER BY "
            + order.formatted(value, arguments.get(1))
            + ") FILTER (WHERE "
            + value
            + " IS NOT NULL)";
    StringJoiner members = new StringJoiner(", ", "named_struct(", ")");
    for (int i = 0; i < arguments.size(); i++) {
      String member = i == 0 ? "value" : i == 1 ? "time" : "other_" + (i - 1);
      members.add("'" + member + "', first_value(" + arguments.get(i) + chosen);
    }
    return members.toString();
  }
}
