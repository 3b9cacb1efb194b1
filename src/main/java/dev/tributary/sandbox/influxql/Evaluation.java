package dev.tributary.sandbox.influxql;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes an expression, given what its columns and its functions come to. */
final class Evaluation implements Expression.Cases<@Nullable Object, RuntimeException> {

  private final Function<String, @Nullable Object> columns;
  private final Function<Expression.Call, @Nullable Object> calls;

  Evaluation(
      Function<String, @Nullable Object> columns,
      Function<Expression.Call, @Nullable Object> calls) {
    this.columns = columns;
    this.calls = calls;
  }

  @Override
  public @Nullable Object literal(Expression.Literal literal) {
    return literal.value();
  }

  @Override
  public @Nullable Object reference(Expression.Reference reference) {
    return columns.apply(reference.name());
  }

  @Override
  public @Nullable Object call(Expression.Call call) {
    return calls.apply(call);
  }

  @Override
  public @Nullable Object binary(Expression.Binary binary) {
    return Arithmetic.combine(
        binary.operator(), binary.left().fold(this), binary.right().fold(this));
  }

  @Override
  public @Nullable Object span(Expression.Span span) {
    return span.nanos();
  }

  @Override
  public @Nullable Object parameter(Expression.Parameter parameter) {
    throw new IllegalStateException("planned without a value: " + parameter);
  }

  @Override
  public @Nullable Object every(Expression.Every every) {
    throw new IllegalStateException("planned without its columns: " + every);
  }
}
