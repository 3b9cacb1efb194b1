package dev.tributary.sandbox.influxql;

import java.util.regex.Pattern;

/** Reads what follows {@code WHERE}. */
final class ConditionParser {

  private final Lexer lexer;
  private final ExpressionParser expressions;

  ConditionParser(Lexer lexer, Parameters parameters) {
    this.lexer = lexer;
    this.expressions = new ExpressionParser(lexer, parameters, ExpressionParser.Place.CONDITION);
  }

  /** A whole condition. */
  Condition condition() throws InfluxqlRefusal, Mismatch {
    Condition left = conjunction();
    while (lexer.keyword("OR")) {
      left = new Condition.Either(left, following(this::conjunction));
    }
    return left;
  }

  private Condition conjunction() throws InfluxqlRefusal, Mismatch {
    Condition left = single();
    while (lexer.keyword("AND")) {
      left = new Condition.Both(left, following(this::single));
    }
    return left;
  }

  /** What must come, since an operator was read. */
  private <T> T following(Rule<T> rule) throws InfluxqlRefusal {
    int before = lexer.at();
    try {
      return rule.read();
    } catch (Mismatch e) {
      lexer.back(before);
      throw lexer.failure("invalid conditional expression");
    }
  }

  private interface Rule<T> {
    T read() throws InfluxqlRefusal, Mismatch;
  }

  /** A comparison, or a condition in parentheses; {@code (a) = 1} begins like the latter. */
  private Condition single() throws InfluxqlRefusal, Mismatch {
    int before = lexer.at();
    Expression left;
    try {
      left = expressions.expression();
    } catch (Mismatch e) {
      lexer.back(before);
      lexer.expect("(");
      Condition inner = condition();
      lexer.expect(")");
      return inner;
    }
    return after(left);
  }

  private Condition after(Expression left) throws InfluxqlRefusal {
    boolean found = lexer.symbol("=~");
    if (found || lexer.symbol("!~")) {
      Pattern pattern = lexer.regex();
      if (pattern == null) {
        throw lexer.failure("invalid conditional, expected regular expression");
      }
      return new Condition.Match(left, pattern, found);
    }
    for (Relation relation : Relation.values()) {
      if (lexer.symbol(relation.symbol()) || (relation == Relation.UNEQUAL && lexer.symbol("<>"))) {
        return new Condition.Comparison(left, relation, following(expressions::expression));
      }
    }
    if (left instanceof Expression.Literal literal && literal.value() instanceof Boolean value) {
      return new Condition.Constant(value);
    }
    throw InfluxqlRefusal.unsupported("'" + left + "' as a condition");
  }
}
