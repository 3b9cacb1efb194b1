package dev.tributary.sandbox.influxql;

import java.util.ArrayList;
import java.util.List;

/**
 * What an expression is made of.
 *
 * @param calls functions, in order
 * @param columns names outside of functions, in order
 * @param parameters places without a value
 */
record Parts(List<Expression.Call> calls, List<String> columns, List<String> parameters) {

  static Parts of(Expression expression) {
    Collector collector = new Collector();
    expression.fold(collector);
    return collector.parts;
  }

  private static final class Collector implements Expression.Cases<Collector, RuntimeException> {
    private final Parts parts = new Parts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    @Override
    public Collector literal(Expression.Literal literal) {
      return this;
    }

    @Override
    public Collector span(Expression.Span span) {
      return this;
    }

    @Override
    public Collector reference(Expression.Reference reference) {
      parts.columns.add(reference.name());
      return this;
    }

    @Override
    public Collector call(Expression.Call call) {
      parts.calls.add(call);
      return this;
    }

    @Override
    public Collector binary(Expression.Binary binary) {
      binary.left().fold(this);
      binary.right().fold(this);
      return this;
    }

    @Override
    public Collector parameter(Expression.Parameter parameter) {
      parts.parameters.add(parameter.toString());
      return this;
    }

    @Override
    public Collector every(Expression.Every every) {
      return this;
    }
  }
}
