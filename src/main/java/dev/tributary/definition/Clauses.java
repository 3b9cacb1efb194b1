package dev.tributary.definition;

import java.util.List;
import java.util.Set;

/**
 * The clauses of one SELECT in InfluxQL.
 *
 * @param tokens from the word SELECT to its end
 */
record Clauses(List<Token> tokens) {

  private static final Set<String> WORDS =
      Set.of("into", "from", "where", "group", "order", "limit", "offset", "slimit", "soffset");

  /** What stands between SELECT and the next clause. */
  List<Token> selected() {
    return tokens.subList(1, end(1));
  }

  /** What stands behind a clause's word; nothing without the clause. */
  List<Token> of(String word) {
    for (int i = 0; i < tokens.size(); i++) {
      if (begins(i) && tokens.get(i).is(word)) {
        return tokens.subList(i + 1, end(i + 1));
      }
    }
    return List.of();
  }

  private int end(int begin) {
    int end = begin;
    while (end < tokens.size() && !begins(end)) {
      end++;
    }
    return end;
  }

  private boolean begins(int index) {
    Token token = tokens.get(index);
    return token.depth() == tokens.get(0).depth()
        && token.kind() == Token.Kind.WORD
        && WORDS.contains(token.folded());
  }

  /** Tokens as they stood, without comments and line breaks between them. */
  static String text(List<Token> tokens) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      boolean apart = i > 0 && tokens.get(i).offset() > tokens.get(i - 1).end();
      words.append(apart ? " " : "").append(tokens.get(i).text());
    }
    return words.toString();
  }
}
