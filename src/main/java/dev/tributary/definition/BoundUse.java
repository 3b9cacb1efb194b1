package dev.tributary.definition;

import dev.tributary.job.Query.Bound;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds {@code $start} and {@code $end} to {@code time >= $start} and {@code time < $end}: used
 * otherwise, a row at a cut would be in both pieces or in none, or would tell the piece from the
 * window.
 */
final class BoundUse {

  private static final Set<String> CASTS =
      Set.of("cast", "to_timestamp", "to_timestamp_nanos", "arrow_cast");
  private static final Set<String> BEFORE = Set.of("where", "and", "or", "on");

  private final List<Token> tokens;

  private BoundUse(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Optional<String> obstacle(List<Token> tokens) {
    BoundUse use = new BoundUse(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      Optional<Bound> bound = StatementCheck.bound(tokens.get(i));
      if (bound.isPresent() && !use.isPlain(i, bound.orElseThrow())) {
        String plain = bound.orElseThrow() == Bound.START ? "time >= $start" : "time < $end";
        return Optional.of("uses " + tokens.get(i).text() + " otherwise than in '" + plain + "'");
      }
    }
    return Optional.empty();
  }

  private boolean isPlain(int place, Bound bound) {
    int from = place;
    int to = place;
    if (from > 1 && isSymbol(from - 1, "(") && CASTS.contains(tokens.get(from - 2).folded())) {
      from -= 2;
      to = closing(place);
    }
    if (isSymbol(to + 1, "::")) {
      to += 2;
    }
    boolean lower = bound == Bound.START;
    if (isSymbol(from - 1, lower ? ">=" : "<")) {
      return beginsCondition(timeBefore(from - 2)) && endsCondition(to + 1);
    }
    return isSymbol(to + 1, lower ? "<=" : ">")
        && isTime(to + 2)
        && beginsCondition(from - 1)
        && endsCondition(to + 3);
  }

  /** The place of the bracket behind the argument list that this place lies in. */
  private int closing(int place) {
    int depth = tokens.get(place).depth();
    int at = place;
    while (at < tokens.size() && tokens.get(at).depth() >= depth) {
      at++;
    }
    return at;
  }

  /** The place before a time column that ends here; beyond all places if it is none. */
  private int timeBefore(int place) {
    if (!isTime(place)) {
      return tokens.size();
    }
    return isSymbol(place - 1, ".") ? place - 3 : place - 1;
  }

  private boolean isTime(int place) {
    return place >= 0
        && place < tokens.size()
        && tokens.get(place).isName()
        && tokens.get(place).identifier().equals("time");
  }

  private boolean beginsCondition(int place) {
    return place >= 0
        && place < tokens.size()
        && (isSymbol(place, "(") || BEFORE.contains(tokens.get(place).folded()));
  }

  private boolean endsCondition(int place) {
    if (place >= tokens.size()) {
      return true;
    }
    Token token = tokens.get(place);
    return token.isSymbol(")")
        || token.isSymbol(";")
        || (token.kind() == Token.Kind.WORD && !token.is("at"));
  }

  private boolean isSymbol(int place, String symbol) {
    return place >= 0 && place < tokens.size() && tokens.get(place).isSymbol(symbol);
  }
}
