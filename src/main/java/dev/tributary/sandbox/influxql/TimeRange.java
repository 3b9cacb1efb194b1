package dev.tributary.sandbox.influxql;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The time that a condition asks for, and what is left of it without that. Bounds count wherever
 * they stand, also beside an {@code OR}, and narrow the whole query.
 *
 * @param lower first nanosecond, inclusive
 * @param upper last nanosecond, inclusive
 * @param rest what a point must fulfil besides
 */
record TimeRange(OptionalLong lower, OptionalLong upper, Optional<Condition> rest) {

  static TimeRange of(Optional<Condition> condition, TimeExpression times) throws InfluxqlRefusal {
    if (condition.isEmpty()) {
      return new TimeRange(OptionalLong.empty(), OptionalLong.empty(), condition);
    }
    Split split = new Split(times);
    Optional<Condition> rest = condition.get().fold(split);
    return new TimeRange(split.lower, split.upper, rest);
  }

  boolean contains(long nanos) {
    return nanos >= lower.orElse(Long.MIN_VALUE) && nanos <= upper.orElse(Long.MAX_VALUE);
  }

  /** The same, ending at {@code nanos} if it had no end. */
  TimeRange endingBy(long nanos) {
    return upper.isPresent() ? this : new TimeRange(lower, OptionalLong.of(nanos), rest);
  }

  /** Takes the comparisons with time out of a condition. */
  private static final class Split
      implements Condition.Cases<Optional<Condition>, InfluxqlRefusal> {

    private final TimeExpression times;
    private OptionalLong lower = OptionalLong.empty();
    private OptionalLong upper = OptionalLong.empty();

    Split(TimeExpression times) {
      this.times = times;
    }

    @Override
    public Optional<Condition> both(Condition.Both both) throws InfluxqlRefusal {
      Optional<Condition> left = both.left().fold(this);
      Optional<Condition> right = both.right().fold(this);
      if (left.isPresent() && right.isPresent()) {
        return Optional.of(new Condition.Both(left.get(), right.get()));
      }
      return left.or(() -> right);
    }

    @Override
    public Optional<Condition> either(Condition.Either either) throws InfluxqlRefusal {
      Optional<Condition> left = either.left().fold(this);
      Optional<Condition> right = either.right().fold(this);
      if (left.isPresent() && right.isPresent()) {
        return Optional.of(new Condition.Either(left.get(), right.get()));
      }
      return left.or(() -> right);
    }

    @Override
    public Optional<Condition> comparison(Condition.Comparison comparison) throws InfluxqlRefusal {
      if (!comparison.isAboutTime()) {
        return Optional.of(comparison);
      }
      boolean first = Condition.Comparison.isTime(comparison.left());
      Relation relation = first ? comparison.relation() : comparison.relation().mirrored();
      if (relation == Relation.UNEQUAL) {
        throw invalid("invalid time comparison operator: !=");
      }
      long nanos = bound(first ? comparison.right() : comparison.left());
      switch (relation) {
        case GREATER -> raise(next(nanos, 1));
        case GREATER_OR_EQUAL -> raise(nanos);
        case LESS -> sink(next(nanos, -1));
        case LESS_OR_EQUAL -> sink(nanos);
        case EQUAL, UNEQUAL -> {
          raise(nanos);
          sink(nanos);
        }
      }
      return Optional.empty();
    }

    private long bound(Expression expression) throws InfluxqlRefusal {
      try {
        return times.nanos(expression);
      } catch (TimeExpression.Invalid e) {
        throw invalid(String.valueOf(e.getMessage()));
      }
    }

    private static long next(long nanos, int step) throws InfluxqlRefusal {
      try {
        return Math.addExact(nanos, step);
      } catch (ArithmeticException e) {
        throw invalid("timestamp out of range: " + nanos);
      }
    }

    private static InfluxqlRefusal invalid(String what) {
      return InfluxqlRefusal.planning(
          "rewriting statement: split condition: Error during planning: " + what);
    }

    private void raise(long nanos) {
      lower = OptionalLong.of(Math.max(nanos, lower.orElse(nanos)));
    }

    private void sink(long nanos) {
      upper = OptionalLong.of(Math.min(nanos, upper.orElse(nanos)));
    }

    @Override
    public Optional<Condition> match(Condition.Match match) throws InfluxqlRefusal {
      if (Condition.Comparison.isTime(match.value())) {
        throw InfluxqlRefusal.unsupported("a regular expression on time");
      }
      return Optional.of(match);
    }

    @Override
    public Optional<Condition> constant(Condition.Constant constant) {
      return Optional.of(constant);
    }
  }
}
