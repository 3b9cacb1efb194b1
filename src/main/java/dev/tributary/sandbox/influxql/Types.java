package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.influxql.InfluxqlResult.ValueType;
import dev.tributary.sandbox.table.ColumnKind;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the types of expressions over measurements that are answered together. */
final class Types implements Expression.Cases<ValueType, InfluxqlRefusal> {

  private final List<Measurement> measurements;

  Types(List<Measurement> measurements) {
    this.measurements = measurements;
  }

  /** What a column is wherever it is; nothing where nobody knows it. */
  Optional<ColumnKind> kind(String column) throws InfluxqlRefusal {
    Set<ColumnKind> kinds = EnumSet.noneOf(ColumnKind.class);
    measurements.forEach(measurement -> measurement.kind(column).ifPresent(kinds::add));
    if (kinds.size() > 1) {
      throw InfluxqlRefusal.unsupported("a column of several kinds: '" + column + "' is " + kinds);
    }
    return kinds.stream().findFirst();
  }

  /** Whether every measurement has the column. */
  boolean isEverywhere(String column) {
    return measurements.stream().allMatch(each -> each.kind(column).isPresent());
  }

  @Override
  public ValueType literal(Expression.Literal literal) {
    if (literal.value() instanceof BigInteger) {
      return ValueType.UINT64;
    }
    if (literal.value() instanceof Long) {
      return ValueType.INT64;
    }
    if (literal.value() instanceof Double) {
      return ValueType.DOUBLE;
    }
    return literal.value() instanceof Boolean ? ValueType.BOOL : ValueType.STRING;
  }

  @Override
  public ValueType span(Expression.Span span) throws InfluxqlRefusal {
    throw InfluxqlRefusal.unsupported("a duration in the select list");
  }

  @Override
  public ValueType reference(Expression.Reference reference) throws InfluxqlRefusal {
    return kind(reference.name()).map(Projection::type).orElse(ValueType.NULL);
  }

  @Override
  public ValueType call(Expression.Call call) throws InfluxqlRefusal {
    Optional<ColumnKind> kind = kind(Projection.argument(call));
    if (kind.isEmpty()) {
      return ValueType.NULL;
    }
    AggregateFunction function = Projection.function(call);
    if (!function.accepts(kind.get())) {
      throw InfluxqlRefusal.unsupported(call + " of a column that is a " + kind.get());
    }
    return function.type(kind.get());
  }

  @Override
  public ValueType binary(Expression.Binary binary) throws InfluxqlRefusal {
    return Arithmetic.type(binary.operator(), binary.left().fold(this), binary.right().fold(this));
  }

  @Override
  public ValueType parameter(Expression.Parameter parameter) throws InfluxqlRefusal {
    throw InfluxqlRefusal.unsupported("a parameter in the select list");
  }

  @Override
  public ValueType every(Expression.Every every) throws InfluxqlRefusal {
    throw InfluxqlRefusal.unsupported("'" + every + "' as a part of an expression");
  }
}
