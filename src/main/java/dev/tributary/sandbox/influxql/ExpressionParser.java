package dev.tributary.sandbox.influxql;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads values: of the select list, or of a condition, which knows fewer of them. */
final class ExpressionParser {

  /** Where a value stands. */
  enum Place {
    SELECT_LIST,
    CONDITION
  }

  private static final Set<String> TYPES =
      Set.of("float", "integer", "unsigned", "string", "boolean", "tag", "field");
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Lexer lexer;
  private final Parameters parameters;
  private final Place place;

  ExpressionParser(Lexer lexer, Parameters parameters, Place place) {
    this.lexer = lexer;
    this.parameters = parameters;
    this.place = place;
  }

  /** A whole value. */
  Expression expression() throws InfluxqlRefusal, Mismatch {
    Expression left = term();
    for (char operator = operator("+-|^"); operator != 0; operator = operator("+-|^")) {
      left = new Expression.Binary(left, operator, term());
    }
    return left;
  }

  private Expression term() throws InfluxqlRefusal, Mismatch {
    Expression left = factor();
    for (char operator = operator("*/%&"); operator != 0; operator = operator("*/%&")) {
      left = new Expression.Binary(left, operator, factor());
    }
    return left;
  }

  /** One of these characters, or zero if none comes. */
  private char operator(String characters) throws InfluxqlRefusal {
    for (int i = 0; i < characters.length(); i++) {
      if (lexer.symbol(characters.substring(i, i + 1))) {
        return characters.charAt(i);
      }
    }
    return 0;
  }

  private Expression factor() throws InfluxqlRefusal, Mismatch {
    if (lexer.symbol("-")) {
      return negated(factor());
    }
    if (lexer.symbol("+")) {
      return factor();
    }
    if (lexer.symbol("(")) {
      Expression inner = expression();
      lexer.expect(")");
      return inner;
    }
    return operand();
  }

  private Expression negated(Expression factor) throws InfluxqlRefusal {
    if (factor instanceof Expression.Span span) {
      return new Expression.Span(-span.nanos());
    }
    if (factor instanceof Expression.Literal literal) {
      Object value = literal.value();
      if (value instanceof Long whole) {
        return new Expression.Literal(-whole);
      }
      if (value instanceof Double number) {
        return new Expression.Literal(-number);
      }
      if (value instanceof BigInteger whole) {
        if (whole.equals(LARGEST.add(BigInteger.ONE))) {
          return new Expression.Literal(Long.MIN_VALUE);
        }
        throw lexer.failure("constant overflows signed integer");
      }
      throw lexer.failure(
          "unexpected unary expression: expected literal integer, float, duration, field,"
              + " function or parenthesis");
    }
    return new Expression.Binary(new Expression.Literal(-1L), '*', factor);
  }

  private Expression operand() throws InfluxqlRefusal, Mismatch {
    if (place == Place.SELECT_LIST) {
      if (lexer.symbol("*")) {
        return every();
      }
      Pattern regex = lexer.regex();
      if (regex != null) {
        return new Expression.Every(regex, true, true);
      }
    }
    if (lexer.symbol("$")) {
      return parameters.value(lexer.parameter());
    }
    if (lexer.atString()) {
      return new Expression.Literal(lexer.string());
    }
    String decimal = lexer.decimal();
    if (decimal != null) {
      return new Expression.Literal(Double.parseDouble(decimal));
    }
    OptionalLong span = lexer.duration();
    if (span.isPresent()) {
      return new Expression.Span(span.getAsLong());
    }
    String digits = lexer.digits();
    if (digits != null) {
      return new Expression.Literal(whole(digits));
    }
    if (lexer.keyword("true")) {
      return new Expression.Literal(true);
    }
    if (lexer.keyword("false")) {
      return new Expression.Literal(false);
    }
    return named();
  }

  private Object whole(String digits) throws InfluxqlRefusal {
    BigInteger whole = new BigInteger(digits);
    if (whole.bitLength() > 64) {
      throw lexer.failure("unable to parse integer due to overflow");
    }
    if (whole.compareTo(LARGEST) > 0) {
      return whole;
    }
    return whole.longValue();
  }

  private Expression every() throws InfluxqlRefusal {
    Pattern all = Pattern.compile("");
    if (!lexer.adjacent("::")) {
      return new Expression.Every(all, true, true);
    }
    boolean tags = lexer.keyword("TAG");
    if (!tags && !lexer.keyword("FIELD")) {
      throw lexer.failure("invalid wildcard type specifier, expected TAG or FIELD");
    }
    return new Expression.Every(all, tags, !tags);
  }

  /** A function or a column. */
  private Expression named() throws InfluxqlRefusal, Mismatch {
    lexer.space();
    int before = lexer.at();
    String word = lexer.word();
    if (word != null && lexer.symbol("(")) {
      if (word.equalsIgnoreCase("distinct") || !isKeyword(word, before)) {
        return call(word.toLowerCase(Locale.ROOT), before);
      }
      throw new Mismatch();
    }
    if (word != null && word.equalsIgnoreCase("distinct") && place == Place.SELECT_LIST) {
      return distinct();
    }
    lexer.back(before);
    return reference();
  }

  private boolean isKeyword(String word, int before) throws InfluxqlRefusal {
    int after = lexer.at();
    lexer.back(before);
    try {
      return !lexer.identifier().equals(word);
    } catch (Mismatch e) {
      return true;
    } finally {
      lexer.back(after);
    }
  }

  private Expression distinct() throws InfluxqlRefusal {
    lexer.space();
    try {
      return new Expression.Call("distinct", List.of(new Expression.Reference(lexer.identifier())));
    } catch (Mismatch e) {
      throw lexer.failure("invalid DISTINCT expression, expected identifier");
    }
  }

  private Expression call(String function, int before) throws InfluxqlRefusal, Mismatch {
    List<Expression> arguments = new ArrayList<>();
    if (!lexer.symbol(")")) {
      do {
        arguments.add(expression());
      } while (lexer.symbol(","));
      if (!lexer.symbol(")")) {
        lexer.space();
        throw lexer.broken("Failure", "Char");
      }
    }
    if (place == Place.CONDITION && !(function.equals("now") && arguments.isEmpty())) {
      if (Arithmetic.isFunction(function)) {
        throw InfluxqlRefusal.unsupported(function + "() in a condition");
      }
      lexer.back(before);
      throw lexer.failure(
          "invalid expression, the only valid function calls are 'now' with no arguments, or"
              + " scalar math functions");
    }
    return new Expression.Call(function, arguments);
  }

  private Expression reference() throws InfluxqlRefusal, Mismatch {
    StringBuilder name = new StringBuilder(lexer.identifier());
    while (lexer.adjacent(".")) {
      name.append('.');
      if (lexer.adjacent(".")) {
        name.append('.');
      }
      name.append(lexer.identifier());
    }
    if (lexer.adjacent("::")) {
      String type = lexer.word();
      if (type == null || !TYPES.contains(type.toLowerCase(Locale.ROOT))) {
        throw lexer.failure(
            "invalid data type for tag or field reference, expected float, integer, unsigned,"
                + " string, boolean, field, tag");
      }
      throw InfluxqlRefusal.unsupported("the cast ::" + type.toLowerCase(Locale.ROOT));
    }
    return new Expression.Reference(name.toString());
  }
}
