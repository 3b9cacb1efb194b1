package dev.tributary.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One SELECT of a query, without the SELECTs that follow it at the same depth.
 *
 * @param tokens from the word itself to its end, subqueries included
 * @param items the select list, each item without its comma
 * @param grouping what stands behind GROUP BY; empty without one
 */
record SelectClause(List<Token> tokens, List<List<Token>> items, List<Token> grouping) {

  private static final Set<String> AFTER_GROUPING =
      Set.of(
          "having",
          "order",
          "limit",
          "offset",
          "slimit",
          "soffset",
          "fetch",
          "union",
          "except",
          "intersect",
          "window",
          "qualify");

  SelectClause {
    tokens = List.copyOf(tokens);
    items = List.copyOf(items);
    grouping = List.copyOf(grouping);
  }

  /** Every SELECT, in order of offset. */
  static List<SelectClause> in(List<Token> tokens) {
    List<SelectClause> clauses = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is("select")) {
        clauses.add(of(tokens.subList(i, end(i, tokens))));
      }
    }
    return clauses;
  }

  private static int end(int begin, List<Token> tokens) {
    int depth = tokens.get(begin).depth();
    int end = begin + 1;
    while (end < tokens.size()
        && tokens.get(end).depth() >= depth
        && !closes(tokens.get(end), depth)
        && !(tokens.get(end).depth() == depth && tokens.get(end).is("select"))) {
      end++;
    }
    return end;
  }

  private static boolean closes(Token token, int depth) {
    return token.depth() == depth && token.isSymbol(";");
  }

  private static SelectClause of(List<Token> tokens) {
    int depth = tokens.get(0).depth();
    int from = tokens.size();
    int group = tokens.size();
    int after = tokens.size();
    for (int i = tokens.size() - 1; i > 0; i--) {
      Token token = tokens.get(i);
      if (token.depth() != depth || token.kind() != Token.Kind.WORD) {
        continue;
      }
      Token before = tokens.get(i - 1);
      if (token.is("from") && !before.is("distinct")) {
        from = i;
      } else if (token.is("by") && before.is("group")) {
        group = i + 1;
      } else if (AFTER_GROUPING.contains(token.folded())) {
        after = group == tokens.size() ? i : after;
      }
    }
    return new SelectClause(
        tokens,
        items(tokens.subList(1, Math.min(from, Math.min(group, tokens.size())))),
        group == tokens.size() ? List.of() : tokens.subList(group, Math.max(group, after)));
  }

  private static List<List<Token>> items(List<Token> list) {
    boolean qualified = !list.isEmpty() && (list.get(0).is("distinct") || list.get(0).is("all"));
    return Call.split(qualified ? list.subList(1, list.size()) : list);
  }

  int depth() {
    return tokens.get(0).depth();
  }

  /** The tokens that belong to this SELECT and to no subquery or argument list. */
  List<Token> ownTokens() {
    return tokens.stream().filter(token -> token.depth() == depth()).toList();
  }
}
