package dev.tributary.sandbox.influxql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that came with a query. Each must be asked for, and each that is asked for must be
 * there; a query that comes with none keeps its places open.
 */
final class Parameters {

  private final Map<String, ? extends @Nullable Object> values;
  private final Set<String> found = new HashSet<>();
  private @Nullable String fault;

  Parameters(Map<String, ? extends @Nullable Object> values) {
    this.values = values;
  }

  /** What stands in the place of {@code $name}. */
  Expression value(String name) {
    if (values.isEmpty()) {
      return new Expression.Parameter(name);
    }
    if (!values.containsKey(name)) {
      blame(
          "Bind parameter '$"
              + name
              + "' was referenced in the InfluxQL statement but its value is undefined.");
      return new Expression.Parameter(name);
    }
    found.add(name);
    Object value = values.get(name);
    if (value == null) {
      blame("Parameter type 'NULL' is not supported by InfluxQL");
      return new Expression.Parameter(name);
    }
    return new Expression.Literal(literal(name, value));
  }

  /** Whole numbers from zero on are unsigned, as the server reads JSON. */
  private Object literal(String name, Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
      BigInteger whole = new BigInteger(value.toString());
      if (whole.signum() >= 0) {
        return whole;
      }
      return whole.longValue();
    }
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      return ((Number) value).doubleValue();
    }
    blame("Parameter type of '$" + name + "' is not supported by InfluxQL");
    return "";
  }

  private void blame(String what) {
    if (fault == null) {
      fault = what;
    }
  }

  /** Refuses what was missing or left over, once the whole text is known to be a statement. */
  void settle() throws InfluxqlRefusal {
    if (fault != null) {
      throw InfluxqlRefusal.planning("Error during planning: " + fault);
    }
    for (String name : values.keySet()) {
      if (!found.contains(name)) {
        throw InfluxqlRefusal.planning(
            "Error during planning: Bind parameter '$"
                + name
                + "' was provided but not found in the InfluxQL statement");
      }
    }
  }
}
