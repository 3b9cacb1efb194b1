package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.influxql.InfluxqlResult.ValueType;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the operators make of two numbers; of anything else they make null. */
final class Arithmetic {

  private static final Set<String> FUNCTIONS =
      Set.of(
          "abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "exp", "floor", "ln", "log",
          "log10", "log2", "pow", "round", "sin", "sqrt", "tan");

  private Arithmetic() {}

  /** Whether this is one of the functions of one number that InfluxDB knows. */
  static boolean isFunction(String name) {
    return FUNCTIONS.contains(name);
  }

  /** The type of a result: integers stay so, except when they are divided. */
  static ValueType type(char operator, ValueType left, ValueType right) throws InfluxqlRefusal {
    if (left == ValueType.NULL || right == ValueType.NULL) {
      return ValueType.NULL;
    }
    if (left == ValueType.INT64 && right == ValueType.INT64) {
      return operator == '/' ? ValueType.DOUBLE : ValueType.INT64;
    }
    boolean bits = operator == '&' || operator == '|' || operator == '^';
    if (!bits && isNumber(left) && isNumber(right)) {
      return ValueType.DOUBLE;
    }
    throw InfluxqlRefusal.unsupported(
        "the operator " + operator + " between " + left + " and " + right);
  }

  private static boolean isNumber(ValueType type) {
    return type == ValueType.INT64 || type == ValueType.DOUBLE;
  }

  /** The value of a result; division by zero gives zero. */
  static @Nullable Object combine(char operator, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return whole(operator, a, b);
    }
    if (!(left instanceof Number a) || !(right instanceof Number b)) {
      return null;
    }
    double x = a.doubleValue();
    double y = b.doubleValue();
    return switch (operator) {
      case '+' -> x + y;
      case '-' -> x - y;
      case '*' -> x * y;
      case '/' -> y == 0 ? 0.0 : x / y;
      case '%' -> x % y;
      default -> null;
    };
  }

  private static @Nullable Object whole(char operator, long a, long b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> b == 0 ? 0.0 : (double) a / b;
      case '%' -> b == 0 ? 0L : a % b;
      case '&' -> a & b;
      case '|' -> a | b;
      case '^' -> a ^ b;
      default -> null;
    };
  }

  /** The order of two numbers, exact among integers. */
  static int compare(Number left, Number right) {
    boolean whole = !(left instanceof Double) && !(right instanceof Double);
    return whole
        ? new BigInteger(left.toString()).compareTo(new BigInteger(right.toString()))
        : Double.compare(left.doubleValue(), right.doubleValue());
  }
}
