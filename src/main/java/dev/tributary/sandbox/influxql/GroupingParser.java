package dev.tributary.sandbox.influxql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads {@code GROUP BY} and {@code FILL}, after their first word. */
final class GroupingParser {

  private static final String BROKEN =
      "invalid GROUP BY clause, expected wildcard, TIME, identifier or regular expression";

  private final Lexer lexer;
  private final ExpressionParser offsets;

  GroupingParser(Lexer lexer, Parameters parameters) {
    this.lexer = lexer;
    this.offsets = new ExpressionParser(lexer, parameters, ExpressionParser.Place.CONDITION);
  }

  Select.Grouping grouping() throws InfluxqlRefusal {
    if (!lexer.keyword("BY")) {
      throw lexer.failure("invalid GROUP BY clause, expected BY");
    }
    List<String> tags = new ArrayList<>();
    List<Pattern> patterns = new ArrayList<>();
    List<Select.TimeBins> times = new ArrayList<>();
    lexer.space();
    int before = lexer.at();
    boolean first = true;
    do {
      try {
        Pattern regex = lexer.regex();
        if (regex != null) {
          patterns.add(regex);
        } else if (lexer.symbol("*")) {
          patterns.add(Pattern.compile(""));
        } else if (lexer.keyword("TIME")) {
          times.add(time());
        } else {
          tags.add(lexer.identifier());
        }
      } catch (Mismatch e) {
        lexer.back(before);
        if (first) {
          throw lexer.failure(BROKEN);
        }
        break;
      }
      first = false;
      before = lexer.at();
    } while (lexer.symbol(","));
    if (times.size() > 1) {
      throw InfluxqlRefusal.planning(
          "rewriting statement: Error during planning: multiple time dimensions not allowed");
    }
    return new Select.Grouping(times.stream().findFirst(), tags, patterns);
  }

  private Select.TimeBins time() throws InfluxqlRefusal {
    if (!lexer.symbol("(")) {
      throw lexer.failure("invalid TIME call, expected 1 or 2 arguments");
    }
    OptionalLong nanos = lexer.duration();
    if (nanos.isEmpty()) {
      if (lexer.digits() != null) {
        throw InfluxqlRefusal.unsupported("a bin whose length has no unit");
      }
      throw lexer.failure("invalid TIME call, expected a duration for the interval");
    }
    if (nanos.getAsLong() == 0) {
      throw InfluxqlRefusal.unsupported("a bin of no length");
    }
    if (lexer.symbol("*") || lexer.symbol("/") || lexer.symbol("+") || lexer.symbol("-")) {
      throw InfluxqlRefusal.unsupported("arithmetic in the length of a bin");
    }
    Optional<Expression> offset = Optional.empty();
    if (lexer.symbol(",")) {
      try {
        offset = Optional.of(offsets.expression());
      } catch (Mismatch e) {
        throw lexer.failure("invalid TIME call, expected ')'");
      }
    }
    if (!lexer.symbol(")")) {
      throw lexer.failure("invalid TIME call, expected ')'");
    }
    return new Select.TimeBins(nanos.getAsLong(), offset);
  }

  Fill fill() throws InfluxqlRefusal, Mismatch {
    lexer.expect("(");
    Fill fill = option();
    lexer.expect(")");
    return fill;
  }

  private Fill option() throws InfluxqlRefusal {
    for (Fill.Named named : Fill.Named.values()) {
      if (lexer.keyword(named.name())) {
        return named;
      }
    }
    boolean negative = lexer.symbol("-");
    if (!negative) {
      lexer.symbol("+");
    }
    String decimal = lexer.decimal();
    if (decimal != null) {
      double value = Double.parseDouble(decimal);
      return new Fill.Value(negative ? -value : value);
    }
    String digits = lexer.digits();
    if (digits == null) {
      throw lexer.failure(
          "invalid FILL option, expected NULL, NONE, PREVIOUS, LINEAR, or a number");
    }
    try {
      return new Fill.Value(Long.parseLong(negative ? "-" + digits : digits));
    } catch (NumberFormatException e) {
      throw lexer.failure("unable to parse integer");
    }
  }
}
