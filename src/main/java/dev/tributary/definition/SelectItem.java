package dev.tributary.definition;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One item of a SQL select list. */
record SelectItem(List<Token> tokens) {

  private static final Set<String> NO_ALIAS =
      Set.of("end", "null", "true", "false", "unknown", "second", "minute", "hour", "day", "month");

  private static final Set<String> OPERATORS =
      Set.of("and", "or", "not", "is", "like", "ilike", "in", "between", "case", "when", "then");

  /** Before a string they make a value of it; other words are columns that it renames. */
  private static final Set<String> TYPES = Set.of("date", "interval", "time", "timestamp", "zone");

  SelectItem {
    tokens = List.copyOf(tokens);
  }

  /** The name it gives its column, when the query says so. */
  Optional<String> name() {
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    Token last = last(0);
    if (isColumn()) {
      return Optional.of(last.identifier());
    }
    if (tokens.size() < 2) {
      return Optional.empty();
    }
    boolean named =
        isImpliedAlias(last, last(1))
            || (last(1).is("as") && last(1).depth() == tokens.get(0).depth());
    return named
        ? Optional.of(last.kind() == Token.Kind.STRING ? last.content() : last.identifier())
        : Optional.empty();
  }

  /** The column that it takes as it is, under its own name or another. */
  Optional<String> column() {
    int aliased = tokens.size() > 2 && last(1).is("as") ? 2 : 0;
    SelectItem bare = new SelectItem(tokens.subList(0, tokens.size() - aliased));
    return !bare.tokens.isEmpty() && bare.isColumn()
        ? Optional.of(bare.last(0).identifier())
        : Optional.empty();
  }

  /** Whether the server would make up a name from an expression. */
  boolean isUnnamed() {
    return !tokens.isEmpty() && !isWildcard() && name().isEmpty();
  }

  int offset() {
    return tokens.get(0).offset();
  }

  int length() {
    return last(0).end() - offset();
  }

  private Token last(int before) {
    return tokens.get(tokens.size() - 1 - before);
  }

  /** {@code *} and {@code t.*}, and what may follow them, such as {@code EXCLUDE (a)}. */
  private boolean isWildcard() {
    int star = 0;
    while (star + 2 < tokens.size()
        && tokens.get(star).isName()
        && tokens.get(star + 1).isSymbol(".")) {
      star += 2;
    }
    return tokens.get(star).isSymbol("*");
  }

  private boolean isColumn() {
    for (int i = 0; i < tokens.size(); i++) {
      if (i % 2 == 0 ? !tokens.get(i).isName() : !tokens.get(i).isSymbol(".")) {
        return false;
      }
    }
    return tokens.size() % 2 == 1 && !NO_ALIAS.contains(last(0).folded());
  }

  /** {@code avg(temp) mean}: a name straight behind something that is whole without it. */
  private static boolean isImpliedAlias(Token last, Token before) {
    boolean whole =
        switch (before.kind()) {
          case WORD ->
              !OPERATORS.contains(before.folded())
                  && (last.isName() || !TYPES.contains(before.folded()));
          case QUOTED, STRING, NUMBER, PARAMETER -> true;
          case SYMBOL -> before.isSymbol(")") || before.isSymbol("]");
          case REGEX -> false;
        };
    boolean names = last.isName() || last.kind() == Token.Kind.STRING;
    return whole && names && !NO_ALIAS.contains(last.folded());
  }
}
