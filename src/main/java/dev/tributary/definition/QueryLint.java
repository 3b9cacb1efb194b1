package dev.tributary.definition;

import dev.tributary.job.Query.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the server accepts, but hardly ever is meant. */
final class QueryLint {

  private QueryLint() {}

  static List<Finding> of(Language language, List<Token> tokens, List<BinReading> bins) {
    List<Finding> findings = new ArrayList<>();
    for (BinReading bin : bins) {
      if (!bin.isReadable()) {
        findings.add(
            Finding.warning(
                bin.offset(),
                bin.length(),
                "bin cannot be read from the query: "
                    + bin.obstacle()
                    + "; say how long it is with 'window.bin'"));
      }
    }
    List<SelectClause> selects = SelectClause.in(tokens);
    switch (language) {
      case SQL -> {
        selects.forEach(select -> rawColumn(select, findings));
        outermost(selects).ifPresent(select -> unnamed(select, findings));
      }
      case INFLUXQL -> selects.forEach(select -> fill(select, findings));
    }
    return findings;
  }

  /** The SELECT that names the columns of the result. */
  private static Optional<SelectClause> outermost(List<SelectClause> selects) {
    return selects.stream().min(Comparator.comparingInt(SelectClause::depth));
  }

  /** A bin that hides the column it bins: GROUP BY prefers the column to the alias. */
  private static void rawColumn(SelectClause select, List<Finding> findings) {
    for (int i = 0; i < select.items().size(); i++) {
      SelectItem item = new SelectItem(select.items().get(i));
      Optional<String> name = item.name();
      if (name.isEmpty() || !bins(item, name.get())) {
        continue;
      }
      for (List<Token> group : Call.split(select.grouping())) {
        if (group.size() == 1 && isColumn(group.get(0), name.get())) {
          findings.add(
              Finding.warning(
                  group.get(0).offset(),
                  group.get(0).length(),
                  "GROUP BY "
                      + group.get(0).text()
                      + " groups by the column, not by the bin of that name; write GROUP BY "
                      + (i + 1)));
        }
      }
    }
  }

  private static boolean bins(SelectItem item, String column) {
    return Call.in(item.tokens()).stream()
        .filter(call -> SqlBins.isBin(call) && call.arguments().size() > 1)
        .anyMatch(
            call -> call.arguments().get(1).stream().anyMatch(token -> isColumn(token, column)));
  }

  private static boolean isColumn(Token token, String column) {
    return token.isName() && token.identifier().equals(column);
  }

  private static void unnamed(SelectClause select, List<Finding> findings) {
    for (List<Token> tokens : select.items()) {
      SelectItem item = new SelectItem(tokens);
      if (item.isUnnamed()) {
        findings.add(
            Finding.warning(
                item.offset(),
                item.length(),
                "expression has no name, and the server's may change; add AS and a name"));
      }
    }
  }

  private static void fill(SelectClause select, List<Finding> findings) {
    Optional<Call> bin = InfluxqlBins.of(select);
    if (bin.isEmpty()) {
      return;
    }
    Token time = bin.get().name();
    Optional<Call> fill = InfluxqlBins.own(select, "fill");
    if (fill.isEmpty()) {
      findings.add(
          Finding.warning(
              time.offset(),
              bin.get().length(),
              "GROUP BY time without fill() gives a row of nulls for every empty bin; add"
                  + " fill(none)"));
    } else if (fills(fill.get(), "previous") || fills(fill.get(), "linear")) {
      findings.add(
          Finding.warning(
              fill.get().name().offset(),
              fill.get().length(),
              "fill sees nothing outside the window, so bins at its edges stay empty; use"
                  + " fill(none)"));
    }
  }

  private static boolean fills(Call fill, String how) {
    return fill.arguments().get(0).stream().anyMatch(token -> token.is(how));
  }
}
