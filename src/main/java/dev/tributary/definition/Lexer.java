package dev.tributary.definition;

import dev.tributary.job.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a query into tokens, and says what cannot be cut. What the two languages share is here;
 * where they differ, {@link Dialect} decides.
 */
final class Lexer {

  /**
   * A query's tokens.
   *
   * @param tokens in order of offset
   * @param findings errors of strings, comments and brackets that do not end
   */
  record Lexed(List<Token> tokens, List<Finding> findings) {
    Lexed {
      tokens = List.copyOf(tokens);
      findings = List.copyOf(findings);
    }
  }

  /** What one language does in its own way; the cursor is where a token begins. */
  interface Dialect {
    /** Whether a comment holds comments. */
    boolean nestsComments();

    /** Moves past one token that is neither comment nor white space, and says what it was. */
    Token.Kind skipToken(Cursor cursor, List<Token> before, List<Finding> findings);
  }

  /** Deeper ones no server takes, and reading them would take quadratic time. */
  private static final int DEEPEST = 200;

  private final Cursor cursor;
  private final Dialect dialect;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Token> open = new ArrayList<>();

  private Lexer(Dialect dialect, String text) {
    this.cursor = new Cursor(text);
    this.dialect = dialect;
  }

  static Lexed read(Query.Language language, String text) {
    Dialect dialect =
        switch (language) {
          case SQL -> new SqlDialect();
          case INFLUXQL -> new InfluxqlDialect();
        };
    return new Lexer(dialect, text).read();
  }

  private Lexed read() {
    while (!cursor.atEnd() && open.size() <= DEEPEST) {
      if (Character.isWhitespace(cursor.peek(0))) {
        cursor.move(1);
      } else if (cursor.at("--")) {
        cursor.skipLine();
      } else if (cursor.at("/*")) {
        skipComment();
      } else {
        token();
      }
    }
    if (open.size() > DEEPEST) {
      findings.add(
          Finding.error(
              open.get(DEEPEST).offset(), 1, "brackets are nested deeper than " + DEEPEST));
    } else {
      open.forEach(
          bracket ->
              findings.add(
                  Finding.error(bracket.offset(), 1, "'" + bracket.text() + "' is never closed")));
    }
    return new Lexed(tokens, findings);
  }

  private void skipComment() {
    int begin = cursor.offset();
    if (!cursor.skipBlockComment(dialect.nestsComments())) {
      findings.add(Finding.error(begin, 2, "comment is never closed"));
    }
  }

  private void token() {
    int begin = cursor.offset();
    Token.Kind kind = dialect.skipToken(cursor, tokens, findings);
    String text = cursor.since(begin);
    Optional<String> opener = kind == Token.Kind.SYMBOL ? opener(text) : Optional.empty();
    if (opener.isPresent()) {
      close(opener.get(), text, begin);
    }
    Token token = new Token(kind, text, begin, open.size());
    tokens.add(token);
    if (token.isSymbol("(") || token.isSymbol("[") || token.isSymbol("{")) {
      open.add(token);
    }
  }

  private void close(String opener, String closer, int offset) {
    if (!open.isEmpty() && open.get(open.size() - 1).isSymbol(opener)) {
      open.remove(open.size() - 1);
    } else {
      findings.add(Finding.error(offset, 1, "'" + closer + "' closes nothing"));
    }
  }

  private static Optional<String> opener(String closer) {
    return switch (closer) {
      case ")" -> Optional.of("(");
      case "]" -> Optional.of("[");
      case "}" -> Optional.of("{");
      default -> Optional.empty();
    };
  }

  static void unclosed(List<Finding> findings, int offset, String what) {
    findings.add(Finding.error(offset, 1, what + " is never closed"));
  }
}
