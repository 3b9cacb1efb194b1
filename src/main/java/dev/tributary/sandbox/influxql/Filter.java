package dev.tributary.sandbox.influxql;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns a condition without time into a test of the rows of one measurement. A tag that a point
 * lacks, and a column that nobody knows, count as the empty text; values of different kinds are
 * never in any relation, and texts are in no order.
 */
final class Filter implements Condition.Cases<IntPredicate, InfluxqlRefusal> {

  private final Measurement measurement;

  Filter(Measurement measurement) {
    this.measurement = measurement;
  }

  @Override
  public IntPredicate both(Condition.Both both) throws InfluxqlRefusal {
    return both.left().fold(this).and(both.right().fold(this));
  }

  @Override
  public IntPredicate either(Condition.Either either) throws InfluxqlRefusal {
    return either.left().fold(this).or(either.right().fold(this));
  }

  @Override
  public IntPredicate comparison(Condition.Comparison comparison) throws InfluxqlRefusal {
    check(comparison.left());
    check(comparison.right());
    return row ->
        holds(comparison.relation(), value(comparison.left(), row), value(comparison.right(), row));
  }

  @Override
  public IntPredicate match(Condition.Match match) throws InfluxqlRefusal {
    check(match.value());
    return row ->
        value(match.value(), row) instanceof String text
            && match.pattern().matcher(text).find() == match.found();
  }

  @Override
  public IntPredicate constant(Condition.Constant constant) {
    return row -> constant.value();
  }

  private static void check(Expression expression) throws InfluxqlRefusal {
    Parts parts = Parts.of(expression);
    if (!parts.parameters().isEmpty()) {
      throw InfluxqlRefusal.planning(
          "Error during planning: Bind parameter '"
              + parts.parameters().get(0)
              + "' was referenced in the InfluxQL statement but its value is undefined.");
    }
    if (!parts.calls().isEmpty()) {
      throw InfluxqlRefusal.unsupported(
          parts.calls().get(0).function() + "() beside anything but time");
    }
  }

  private @Nullable Object value(Expression expression, int row) {
    return expression.fold(
        new Evaluation(
            column -> {
              Object value = measurement.value(row, column);
              return value == null && !measurement.hasField(column) ? "" : value;
            },
            call -> null));
  }

  private static boolean holds(Relation relation, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return relation.holds(Arithmetic.compare(a, b));
    }
    boolean equality = relation == Relation.EQUAL || relation == Relation.UNEQUAL;
    if (left instanceof String a && right instanceof String b) {
      return equality && relation.holds(a.compareTo(b));
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return relation.holds(a.compareTo(b));
    }
    return false;
  }
}
