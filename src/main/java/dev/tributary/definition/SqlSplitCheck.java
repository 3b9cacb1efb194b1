package dev.tributary.definition;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What keeps the windows of a query in SQL from being queried in pieces. Every SELECT must give
 * rows that come from one bin each: it groups by the bin, or takes row by row from what does.
 */
final class SqlSplitCheck {

  private static final Set<String> WHOLE_BINS = Set.of("date_bin", "date_bin_wallclock");
  private static final Set<String> TRUNCATIONS = Set.of("date_trunc", "datetrunc");
  private static final Set<String> FILLING = Set.of("locf", "interpolate");
  private static final Set<String> SEVERAL_GROUPINGS = Set.of("rollup", "cube", "grouping");
  private static final Set<String> SUBQUERIES = Set.of("from", "as", "materialized");
  private static final Set<String> AFTER_FROM =
      Set.of("where", "group", "having", "order", "limit", "window");

  private final List<Token> tokens;
  private final boolean binIsSaid;
  private final List<SelectClause> selects;

  /** Columns that hold a time, or the beginning of the bin that it lies in. */
  private final Set<String> times = new HashSet<>(Set.of("time"));

  SqlSplitCheck(List<Token> tokens, boolean binIsSaid) {
    this.tokens = tokens;
    this.binIsSaid = binIsSaid;
    this.selects = SelectClause.in(tokens);
    int known;
    do {
      known = times.size();
      selects.forEach(this::learn);
    } while (times.size() > known);
  }

  private void learn(SelectClause select) {
    select.items().stream()
        .filter(item -> isTime(item, select))
        .forEach(item -> new SelectItem(item).name().ifPresent(times::add));
  }

  Optional<String> obstacle() {
    return SplitCheck.has(
            tokens, Stream.of("limit", "offset", "fetch"), ", which counts rows over all bins")
        .or(
            () ->
                SplitCheck.has(
                    tokens, Stream.of("over", "qualify"), ", which looks at rows of other bins"))
        .or(this::gapFilling)
        .or(
            () ->
                SplitCheck.has(
                    tokens,
                    Stream.of("union", "except", "intersect", "join", "recursive"),
                    ", whose rows may come from several bins"))
        .or(this::misplacedSubquery)
        .or(() -> selects.stream().map(this::of).flatMap(Optional::stream).findFirst());
  }

  private Optional<String> gapFilling() {
    return Call.in(tokens).stream()
        .filter(call -> SqlBins.fillsGaps(call) || FILLING.contains(call.function()))
        .findFirst()
        .map(call -> "calls " + call.function() + "(), which fills gaps");
  }

  /** A subquery that is no table expression compares each row with rows of other bins. */
  private Optional<String> misplacedSubquery() {
    for (int i = 1; i < tokens.size(); i++) {
      if (!tokens.get(i).is("select") || !tokens.get(i - 1).isSymbol("(")) {
        continue;
      }
      int before = i - 1;
      while (before >= 0 && tokens.get(before).isSymbol("(")) {
        before--;
      }
      if (before >= 0 && !SUBQUERIES.contains(tokens.get(before).folded())) {
        return Optional.of("has a subquery behind '" + tokens.get(before).text() + "'");
      }
    }
    return Optional.empty();
  }

  private Optional<String> of(SelectClause select) {
    if (hasSeveralTables(select)) {
      return Optional.of("has several tables in one FROM");
    }
    if (select.tokens().size() > 1 && select.tokens().get(1).is("distinct")) {
      boolean on = select.tokens().size() > 2 && select.tokens().get(2).is("on");
      if (on || select.items().stream().noneMatch(item -> isTime(item, select))) {
        return Optional.of(on ? "has DISTINCT ON" : "has DISTINCT without the bin");
      }
    }
    return select.grouping().isEmpty() ? ungrouped(select) : grouped(select);
  }

  private static boolean hasSeveralTables(SelectClause select) {
    boolean inFrom = false;
    for (Token token : select.ownTokens()) {
      if (token.is("from")) {
        inFrom = true;
      } else if (AFTER_FROM.contains(token.folded())) {
        inFrom = false;
      } else if (inFrom && token.isSymbol(",")) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> grouped(SelectClause select) {
    Optional<String> several =
        select.grouping().stream()
            .filter(token -> SEVERAL_GROUPINGS.contains(token.folded()))
            .findFirst()
            .map(token -> "has GROUP BY " + token.text());
    if (several.isPresent()) {
      return several;
    }
    boolean byBin =
        select.grouping().get(0).is("all")
            ? select.items().stream().anyMatch(item -> isTime(item, select))
            : Call.split(select.grouping()).stream().anyMatch(group -> isTime(group, select));
    return byBin ? Optional.empty() : Optional.of("has GROUP BY without the bin");
  }

  /** Without GROUP BY, one call of an aggregate makes one row of all. */
  private Optional<String> ungrouped(SelectClause select) {
    return Stream.concat(
            select.items().stream(), select.grouping().isEmpty() ? having(select) : Stream.empty())
        .flatMap(item -> Call.in(item).stream())
        .filter(call -> !RowFunctions.isOne(call))
        .findFirst()
        .map(call -> "calls " + call.function() + "() over several bins: without GROUP BY");
  }

  private static Stream<List<Token>> having(SelectClause select) {
    List<Token> own = select.ownTokens();
    return own.stream().anyMatch(token -> token.is("having"))
        ? Stream.of(select.tokens())
        : Stream.empty();
  }

  /** Whether rows that agree in this expression lie in one bin. */
  private boolean isTime(List<Token> expression, SelectClause select) {
    if (expression.size() == 1 && expression.get(0).kind() == Token.Kind.NUMBER) {
      return item(expression.get(0), select).map(item -> isTime(item, select)).orElse(false);
    }
    return isBin(expression)
        || new SelectItem(expression).column().map(times::contains).orElse(false);
  }

  private static Optional<List<Token>> item(Token ordinal, SelectClause select) {
    for (int i = 0; i < select.items().size(); i++) {
      if (ordinal.text().equals(String.valueOf(i + 1))) {
        return Optional.of(select.items().get(i));
      }
    }
    return Optional.empty();
  }

  /** A call that bins, perhaps with a name behind it. */
  private boolean isBin(List<Token> expression) {
    if (expression.isEmpty()) {
      return false;
    }
    List<Call> calls = Call.in(expression);
    if (calls.isEmpty() || !calls.get(0).name().equals(expression.get(0))) {
      return false;
    }
    Call call = calls.get(0);
    boolean bins =
        WHOLE_BINS.contains(call.function())
            || (binIsSaid && TRUNCATIONS.contains(call.function()));
    List<Token> behind = expression.stream().filter(token -> token.offset() >= call.end()).toList();
    return bins
        && (behind.isEmpty()
            || (behind.get(0).is("as") && behind.size() == 2)
            || (behind.size() == 1 && behind.get(0).isName()));
  }
}
