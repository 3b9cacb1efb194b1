package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.influxql.InfluxqlResult.ValueType;
import dev.tributary.sandbox.table.ColumnKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The select list, its stars replaced by columns and every column named.
 *
 * @param outputs columns after the group's tags, in order
 * @param timeName what the time is called
 * @param groupTags sorted
 * @param calls all functions of the outputs, each once
 */
record Projection(
    List<Output> outputs, String timeName, List<String> groupTags, List<Expression.Call> calls) {

  /** One column of the answer, its name unique among them. */
  record Output(String name, Expression expression) {

    /** The column that is shown as it is, if it is one. */
    Optional<String> column() {
      return expression instanceof Expression.Reference reference
          ? Optional.of(reference.name())
          : Optional.empty();
    }
  }

  static Projection of(Select select, List<Measurement> sources) throws InfluxqlRefusal {
    List<String> groupTags = groupTags(select.groupBy(), sources);
    Wildcards wildcards = new Wildcards(sources, groupTags);
    List<Output> outputs = new ArrayList<>();
    String timeName = "time";
    Set<String> taken = new HashSet<>();
    for (Select.Field field : select.fields()) {
      if (Condition.Comparison.isTime(field.expression())) {
        timeName = field.alias().orElse(timeName);
        continue;
      }
      for (Output output : wildcards.expand(field)) {
        outputs.add(new Output(unique(output.name(), taken), output.expression()));
      }
    }
    Set<Expression.Call> calls = new LinkedHashSet<>();
    outputs.forEach(output -> calls.addAll(Parts.of(output.expression()).calls()));
    Projection projection =
        new Projection(List.copyOf(outputs), timeName, groupTags, List.copyOf(calls));
    projection.check(select.groupBy().time().isPresent());
    return projection;
  }

  private static List<String> groupTags(Select.Grouping groupBy, List<Measurement> sources) {
    Set<String> tags = new TreeSet<>(groupBy.tags());
    for (Measurement source : sources) {
      for (String tag : source.tags()) {
        if (groupBy.patterns().stream().anyMatch(pattern -> pattern.matcher(tag).find())) {
          tags.add(tag);
        }
      }
    }
    return List.copyOf(tags);
  }

  private static String unique(String name, Set<String> taken) {
    String unique = name;
    for (int i = 1; !taken.add(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  private void check(boolean timeBins) throws InfluxqlRefusal {
    int selectors = 0;
    for (Expression.Call call : calls) {
      selectors += function(call).isSelector() ? 1 : 0;
      argument(call);
    }
    boolean plain = false;
    for (Output output : outputs) {
      Parts parts = Parts.of(output.expression());
      plain |= !parts.columns().isEmpty();
      if (parts.columns().isEmpty() && parts.calls().isEmpty()) {
        throw invalid("field must contain at least one variable");
      }
      if (!parts.parameters().isEmpty()) {
        throw InfluxqlRefusal.unsupported("a parameter in the select list");
      }
    }
    if (plain && selectors < calls.size()) {
      throw invalid("mixing aggregate and non-aggregate columns is not supported");
    }
    if (plain && selectors > 1) {
      throw invalid("mixing multiple selector functions with tags or fields is not supported");
    }
    if (timeBins && calls.isEmpty()) {
      throw invalid("GROUP BY requires at least one aggregate function");
    }
  }

  private static InfluxqlRefusal invalid(String what) {
    return InfluxqlRefusal.planning(
        "rewriting statement: gather information about select statement: Error during planning: "
            + what);
  }

  static AggregateFunction function(Expression.Call call) throws InfluxqlRefusal {
    return AggregateFunction.named(call.function())
        .orElseThrow(() -> InfluxqlRefusal.unsupported(call.function() + "()"));
  }

  /** The column that a function works on. */
  static String argument(Expression.Call call) throws InfluxqlRefusal {
    if (call.arguments().size() != 1) {
      throw invalid(
          "invalid number of arguments for "
              + call.function()
              + ", expected 1, got "
              + call.arguments().size());
    }
    if (call.arguments().get(0) instanceof Expression.Reference reference) {
      return reference.name();
    }
    throw InfluxqlRefusal.unsupported("the argument of " + call);
  }

  boolean isRaw() {
    return calls.isEmpty();
  }

  /** The one selector whose point gives the time and the other columns, if it stands alone. */
  Optional<Expression.Call> soleSelector() throws InfluxqlRefusal {
    return calls.size() == 1 && function(calls.get(0)).isSelector()
        ? Optional.of(calls.get(0))
        : Optional.empty();
  }

  /** Fields of which a point must have at least one. */
  List<String> fields(Measurement measurement) throws InfluxqlRefusal {
    Set<String> fields = new LinkedHashSet<>();
    for (Expression.Call call : calls) {
      fields.add(argument(call));
    }
    if (isRaw()) {
      outputs.forEach(output -> fields.addAll(Parts.of(output.expression()).columns()));
    }
    return fields.stream().filter(measurement::hasField).toList();
  }

  /** The tags of the select list that are no tags of the group, sorted. */
  List<String> selectedTags(Measurement measurement) {
    return outputs.stream()
        .flatMap(output -> output.column().stream())
        .filter(column -> measurement.hasTag(column) && !groupTags.contains(column))
        .sorted()
        .toList();
  }

  static ValueType type(ColumnKind kind) {
    return switch (kind) {
      case TAG, STRING -> ValueType.STRING;
      case TIME -> ValueType.TIMESTAMP;
      case FLOAT -> ValueType.DOUBLE;
      case INTEGER -> ValueType.INT64;
      case UINTEGER -> ValueType.UINT64;
      case BOOLEAN -> ValueType.BOOL;
    };
  }
}
