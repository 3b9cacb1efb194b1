package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.influxql.Projection.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Replaces stars and patterns by the columns they stand for, and names what has no alias. */
final class Wildcards {

  private final List<Measurement> sources;
  private final List<String> groupTags;

  Wildcards(List<Measurement> sources, List<String> groupTags) {
    this.sources = sources;
    this.groupTags = groupTags;
  }

  /** The columns that one field of the select list comes to; their names may repeat. */
  List<Output> expand(Select.Field field) throws InfluxqlRefusal {
    if (field.expression() instanceof Expression.Every every) {
      return columns(every).stream()
          .map(column -> new Output(column, new Expression.Reference(column)))
          .toList();
    }
    if (field.expression() instanceof Expression.Call call
        && !call.arguments().isEmpty()
        && call.arguments().get(0) instanceof Expression.Every every) {
      return calls(call, every, field.alias().orElse(call.function()));
    }
    return List.of(
        new Output(field.alias().orElseGet(() -> name(field.expression())), field.expression()));
  }

  private List<String> columns(Expression.Every every) {
    TreeSet<String> columns = new TreeSet<>();
    for (Measurement source : sources) {
      for (String column : source.names()) {
        boolean wanted =
            source.hasTag(column) ? every.tags() && !groupTags.contains(column) : every.fields();
        if (wanted && every.name().matcher(column).find()) {
          columns.add(column);
        }
      }
    }
    return List.copyOf(columns);
  }

  private List<Output> calls(Expression.Call call, Expression.Every every, String name)
      throws InfluxqlRefusal {
    AggregateFunction function = Projection.function(call);
    List<Output> outputs = new ArrayList<>();
    for (String column : columns(every)) {
      boolean answered =
          sources.stream()
              .flatMap(source -> source.kind(column).stream())
              .allMatch(function::accepts);
      if (answered) {
        List<Expression> arguments = new ArrayList<>(call.arguments());
        arguments.set(0, new Expression.Reference(column));
        outputs.add(
            new Output(name + "_" + column, new Expression.Call(call.function(), arguments)));
      }
    }
    return outputs;
  }

  private static String name(Expression expression) {
    if (expression instanceof Expression.Reference reference) {
      return reference.name();
    }
    if (expression instanceof Expression.Call call) {
      return call.function();
    }
    if (expression instanceof Expression.Binary binary) {
      return Stream.of(name(binary.left()), name(binary.right()))
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining("_"));
    }
    return "";
  }
}
