package dev.tributary.sandbox.influxql;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value to be computed; prints itself as the server does in its messages. */
sealed interface Expression {

  <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X;

  /** One answer for each kind of expression. */
  interface Cases<R extends @Nullable Object, X extends Exception> {
    R literal(Literal literal) throws X;

    R span(Span span) throws X;

    R reference(Reference reference) throws X;

    R call(Call call) throws X;

    R binary(Binary binary) throws X;

    R parameter(Parameter parameter) throws X;

    R every(Every every) throws X;
  }

  /**
   * A constant.
   *
   * @param value a {@code Long}, {@code Double}, {@code String}, {@code Boolean}, or a {@code
   *     BigInteger} for what is unsigned
   */
  record Literal(Object value) implements Expression {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.literal(this);
    }

    @Override
    public String toString() {
      return value instanceof String text
          ? "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
          : value.toString();
    }
  }

  /** A length of time. */
  record Span(long nanos) implements Expression {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.span(this);
    }

    @Override
    public String toString() {
      return nanos + "ns";
    }
  }

  /** A column by its name. */
  record Reference(String name) implements Expression {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.reference(this);
    }

    boolean isTime() {
      return name.equalsIgnoreCase("time");
    }

    @Override
    public String toString() {
      return name.matches("[A-Za-z_][A-Za-z0-9_]*")
          ? name
          : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
  }

  /** A function, its name in lower case. */
  record Call(String function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.call(this);
    }

    @Override
    public String toString() {
      return arguments.stream()
          .map(Expression::toString)
          .collect(Collectors.joining(", ", function + "(", ")"));
    }
  }

  /** Two values joined by one of {@code + - * / % & | ^}. */
  record Binary(Expression left, char operator, Expression right) implements Expression {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.binary(this);
    }

    @Override
    public String toString() {
      return left + " " + operator + " " + right;
    }
  }

  /** A place for a value that the client did not send. */
  record Parameter(String name) implements Expression {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.parameter(this);
    }

    @Override
    public String toString() {
      return "$" + (name.matches("[A-Za-z0-9_]+") ? name : "\"" + name + "\"");
    }
  }

  /**
   * All columns whose name matches: {@code *}, {@code *::field}, {@code *::tag} or {@code /regex/}.
   */
  record Every(Pattern name, boolean tags, boolean fields) implements Expression {
    @Override
    public <R extends @Nullable Object, X extends Exception> R fold(Cases<R, X> cases) throws X {
      return cases.every(this);
    }

    @Override
    public String toString() {
      return name.pattern().isEmpty() ? "*" : "/" + name + "/";
    }
  }
}
