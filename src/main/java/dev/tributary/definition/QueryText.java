package dev.tributary.definition;

import dev.tributary.job.Query;
import dev.tributary.job.Query.Language;
import dev.tributary.job.Query.Placeholder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A query read token by token: what it asks for, where its window bounds are, and what is wrong
 * with it. Immutable.
 *
 * <p>Reading never fails: a text that is not a query is a query text with errors among its
 * findings, and its other facts are then those of the part that could be read.
 */
final class QueryText {

  /** These know the time with and without brackets behind them. */
  private static final Set<String> SQL_CLOCKS =
      Set.of("current_timestamp", "current_date", "current_time");

  private final Query query;
  private final List<Token> tokens;
  private final List<Call> calls;
  private final List<BinReading> bins;
  private final List<Finding> findings;

  private QueryText(Language language, String text) {
    Lexer.Lexed lexed = Lexer.read(language, text);
    tokens = lexed.tokens();
    calls = Call.in(tokens);
    query = new Query(language, text, placeholders(tokens));
    bins =
        switch (language) {
          case SQL -> SqlBins.in(tokens);
          case INFLUXQL -> InfluxqlBins.in(tokens);
        };
    List<Finding> found = new ArrayList<>(lexed.findings());
    found.addAll(StatementCheck.of(language, tokens));
    if (found.stream().noneMatch(Finding::isError)) {
      found.addAll(QueryLint.of(language, tokens, bins));
    }
    found.sort(Comparator.comparingInt(Finding::offset));
    findings = List.copyOf(found);
  }

  /** Reads a query; offsets everywhere count from the beginning of {@code text}. */
  static QueryText read(Language language, String text) {
    return new QueryText(language, text);
  }

  private static List<Placeholder> placeholders(List<Token> tokens) {
    return tokens.stream()
        .flatMap(
            token ->
                StatementCheck.bound(token).stream()
                    .map(bound -> new Placeholder(bound, token.offset(), token.length())))
        .toList();
  }

  /** The query with its placeholders. */
  Query query() {
    return query;
  }

  /** Errors and warnings, by offset; warnings only where the query is otherwise sound. */
  List<Finding> findings() {
    return findings;
  }

  /** Whether no finding is an error. */
  boolean isSound() {
    return findings.stream().noneMatch(Finding::isError);
  }

  /** Offset of the first use of the server's clock, such as {@code now()}. */
  OptionalInt usesNow() {
    Stream<Token> called =
        calls.stream()
            .filter(call -> call.is("now") || (isSql() && call.is("today")))
            .map(Call::name);
    Stream<Token> alone =
        tokens.stream()
            .filter(token -> token.kind() == Token.Kind.WORD)
            .filter(token -> isSql() && SQL_CLOCKS.contains(token.folded()));
    return Stream.concat(called, alone).mapToInt(Token::offset).min();
  }

  /** Every call that groups by time, in order of offset, readable or not. */
  List<BinReading> bins() {
    return bins;
  }

  /**
   * What keeps a window from being queried in pieces, as what the query does.
   *
   * @param binIsSaid whether the operator says how long the bins are
   */
  Optional<String> splitObstacle(boolean binIsSaid) {
    return SplitCheck.obstacle(query.language(), tokens, binIsSaid);
  }

  /**
   * The text without what the server does not care about: comments, white space, the case of
   * unquoted SQL words and of InfluxQL keywords and functions, semicolons at the end. Two queries
   * with equal tokens ask for the same.
   */
  List<String> tokens() {
    List<String> normal = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      boolean isFunction = i + 1 < tokens.size() && tokens.get(i + 1).isSymbol("(");
      Token token = tokens.get(i);
      boolean folds = isSql() || isFunction || InfluxqlDialect.isKeyword(token.text());
      normal.add(folds ? token.folded() : token.text());
    }
    while (!normal.isEmpty() && normal.get(normal.size() - 1).equals(";")) {
      normal.remove(normal.size() - 1);
    }
    return List.copyOf(normal);
  }

  private boolean isSql() {
    return query.language() == Language.SQL;
  }
}
