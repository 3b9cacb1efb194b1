package dev.tributary.sandbox.influxql;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a point must fulfil to be read. */
sealed interface Condition {

  <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X;

  /** One answer for each kind of condition. */
  interface Cases<R extends @Nullable Object, X extends Exception> {
    R both(Both both) throws X;

    R either(Either either) throws X;

    R comparison(Comparison comparison) throws X;

    R match(Match match) throws X;

    R constant(Constant constant) throws X;
  }

  /** {@code left AND right}. */
  record Both(Condition left, Condition right) implements Condition {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.both(this);
    }
  }

  /** {@code left OR right}. */
  record Either(Condition left, Condition right) implements Condition {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.either(this);
    }
  }

  /** Two values compared. */
  record Comparison(Expression left, Relation relation, Expression right) implements Condition {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.comparison(this);
    }

    boolean isAboutTime() {
      return isTime(left) || isTime(right);
    }

    static boolean isTime(Expression expression) {
      return expression instanceof Expression.Reference reference && reference.isTime();
    }
  }

  /** A text in which a pattern is found, or not. */
  record Match(Expression value, Pattern pattern, boolean found) implements Condition {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.match(this);
    }
  }

  /** {@code true} or {@code false}. */
  record Constant(boolean value) implements Condition {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.constant(this);
    }
  }
}
