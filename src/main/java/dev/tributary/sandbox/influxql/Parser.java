package dev.tributary.sandbox.influxql;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of a query: exactly one statement, with its parameters put in. */
final class Parser {

  private static final Set<String> OTHER_STATEMENTS =
      Set.of("SHOW", "CREATE", "DROP", "DELETE", "EXPLAIN");

  private final Lexer lexer;
  private final ExpressionParser fields;
  private final ConditionParser conditions;
  private final GroupingParser groupings;

  private Parser(Lexer lexer, Parameters parameters) {
    this.lexer = lexer;
    this.fields = new ExpressionParser(lexer, parameters, ExpressionParser.Place.SELECT_LIST);
    this.conditions = new ConditionParser(lexer, parameters);
    this.groupings = new GroupingParser(lexer, parameters);
  }

  static Select parse(String query, Map<String, ? extends @Nullable Object> values)
      throws InfluxqlRefusal {
    Parameters parameters = new Parameters(values);
    Lexer lexer = new Lexer(query);
    List<Select> statements = new ArrayList<>();
    for (lexer.space(); !lexer.ended(); lexer.space()) {
      if (!lexer.symbol(";")) {
        statements.add(new Parser(lexer, parameters).statement());
      }
    }
    if (statements.size() != 1) {
      throw InfluxqlRefusal.planning(
          "This feature is not implemented: The context currently only supports a single InfluxQL"
              + " statement");
    }
    parameters.settle();
    return statements.get(0);
  }

  private Select statement() throws InfluxqlRefusal {
    lexer.beginStatement();
    int begin = lexer.at();
    String word = lexer.word();
    lexer.back(begin);
    if (word != null && OTHER_STATEMENTS.contains(word.toUpperCase(Locale.ROOT))) {
      throw InfluxqlRefusal.unsupported(word.toUpperCase(Locale.ROOT));
    }
    try {
      return select();
    } catch (Mismatch e) {
      lexer.back(begin);
      throw lexer.broken("Error", "Tag");
    }
  }

  private Select select() throws InfluxqlRefusal, Mismatch {
    if (!lexer.keyword("SELECT")) {
      throw new Mismatch();
    }
    List<Select.Field> selected = list("invalid SELECT statement, expected field", this::field);
    if (!lexer.keyword("FROM")) {
      throw new Mismatch();
    }
    List<Select.Source> from =
        list(
            "invalid FROM clause, expected identifier, regular expression or subquery",
            this::source);
    Optional<Condition> where = clause("WHERE", conditions::condition);
    Select.Grouping groupBy = clause("GROUP", groupings::grouping).orElse(Select.Grouping.NONE);
    Fill fill = clause("FILL", groupings::fill).orElse(Fill.Named.NULL);
    boolean descending = clause("ORDER", this::descending).orElse(false);
    OptionalLong limit = count("LIMIT");
    OptionalLong offset = count("OFFSET");
    if (count("SLIMIT").isPresent() || count("SOFFSET").isPresent()) {
      throw InfluxqlRefusal.planning("This feature is not implemented: SLIMIT or SOFFSET");
    }
    Optional<ZoneId> zone = clause("TZ", this::zone);
    return new Select(
        selected, from, where, groupBy, fill, descending, limit, offset.orElse(0), zone);
  }

  private interface Rule<T> {
    T read() throws InfluxqlRefusal, Mismatch;
  }

  /** A clause that may be missing; one that is not well formed is left where it stands. */
  private <T> Optional<T> clause(String keyword, Rule<T> rule) throws InfluxqlRefusal {
    int before = lexer.at();
    if (!lexer.keyword(keyword)) {
      return Optional.empty();
    }
    try {
      return Optional.of(rule.read());
    } catch (Mismatch e) {
      lexer.back(before);
      return Optional.empty();
    }
  }

  /** One or more, with commas between; {@code complaint} if there is not even one. */
  private <T> List<T> list(String complaint, Rule<T> rule) throws InfluxqlRefusal {
    lexer.space();
    List<T> all = new ArrayList<>();
    int before = lexer.at();
    do {
      lexer.space();
      try {
        all.add(rule.read());
      } catch (Mismatch e) {
        lexer.back(before);
        if (all.isEmpty()) {
          throw lexer.failure(complaint);
        }
        return all;
      }
      before = lexer.at();
    } while (lexer.symbol(","));
    return all;
  }

  private Select.Field field() throws InfluxqlRefusal, Mismatch {
    Expression expression = fields.expression();
    if (!lexer.keyword("AS")) {
      return new Select.Field(expression, Optional.empty());
    }
    try {
      return new Select.Field(expression, Optional.of(lexer.identifier()));
    } catch (Mismatch e) {
      throw lexer.failure("invalid field alias, expected identifier");
    }
  }

  private Select.Source source() throws InfluxqlRefusal, Mismatch {
    if (lexer.symbol("(")) {
      throw InfluxqlRefusal.unsupported("a subquery");
    }
    Pattern regex = lexer.regex();
    if (regex != null) {
      return new Select.Source(Optional.empty(), Optional.of(regex));
    }
    String name = lexer.identifier();
    if (lexer.adjacent(".")) {
      throw InfluxqlRefusal.unsupported("a measurement with its database or retention policy");
    }
    return new Select.Source(Optional.of(name), Optional.empty());
  }

  private boolean descending() throws InfluxqlRefusal, Mismatch {
    if (!lexer.keyword("BY")) {
      throw new Mismatch();
    }
    boolean named = lexer.keyword("TIME") || lexer.symbol("\"time\"");
    if (lexer.keyword("DESC")) {
      return true;
    }
    if (lexer.keyword("ASC") || named) {
      return false;
    }
    InfluxqlRefusal refusal = lexer.failure("invalid ORDER BY, expected ASC, DESC or TIME");
    lexer.space();
    int before = lexer.at();
    try {
      lexer.identifier();
    } catch (Mismatch e) {
      throw refusal;
    }
    lexer.back(before);
    throw lexer.failure("invalid ORDER BY, expected TIME column");
  }

  private OptionalLong count(String keyword) throws InfluxqlRefusal {
    if (!lexer.keyword(keyword)) {
      return OptionalLong.empty();
    }
    lexer.space();
    String digits = lexer.digits();
    if (digits == null) {
      String named = keyword.equals("SOFFSET") ? "SLIMIT" : keyword;
      throw lexer.failure("invalid " + named + " clause, expected unsigned integer");
    }
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      throw lexer.failure("unable to parse unsigned integer");
    }
  }

  private ZoneId zone() throws InfluxqlRefusal, Mismatch {
    lexer.expect("(");
    if (!lexer.atString()) {
      throw lexer.failure("invalid TZ clause, expected string");
    }
    String name = lexer.string();
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw lexer.failure("unable to find timezone");
    }
    lexer.expect(")");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw lexer.failure("unable to find timezone");
    }
  }
}
