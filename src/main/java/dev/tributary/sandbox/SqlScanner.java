package dev.tributary.sandbox;

import java.util.ArrayList;
import java.util.List;

/** Cuts SQL into tokens, so that nothing is ever looked for inside strings, names or comments. */
final class SqlScanner {

  private final String sql;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int at;

  private SqlScanner(String sql) {
    this.sql = sql;
  }

  /** All tokens in order; what is not closed reaches to the end. */
  static List<SqlToken> scan(String sql) {
    SqlScanner scanner = new SqlScanner(sql);
    while (scanner.at < sql.length()) {
      scanner.next();
    }
    return List.copyOf(scanner.tokens);
  }

  private void next() {
    char c = sql.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length() : end;
    } else if (sql.startsWith("/*", at)) {
      skipComment();
    } else if (c == '\'') {
      add(SqlToken.Kind.STRING, quotedEnd(c));
    } else if (c == '"' || c == '`') {
      add(SqlToken.Kind.QUOTED_NAME, quotedEnd(c));
    } else if (c == '$' && at + 1 < sql.length() && isWordPart(sql.charAt(at + 1))) {
      add(SqlToken.Kind.PARAMETER, wordEnd(at + 1));
    } else if (Character.isDigit(c)) {
      add(SqlToken.Kind.NUMBER, numberEnd());
    } else if (isWordPart(c)) {
      add(SqlToken.Kind.WORD, wordEnd(at));
    } else {
      add(SqlToken.Kind.SYMBOL, at + 1);
    }
  }

  private void add(SqlToken.Kind kind, int end) {
    tokens.add(new SqlToken(kind, sql.substring(at, end), at));
    at = end;
  }

  /** Comments nest, as they do in the server. */
  private void skipComment() {
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
    at = Math.min(at, sql.length());
  }

  /** A doubled quote stands for itself. */
  private int quotedEnd(char quote) {
    int end = at + 1;
    while (end < sql.length()) {
      if (sql.charAt(end) != quote) {
        end++;
      } else if (end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
        end += 2;
      } else {
        return end + 1;
      }
    }
    return sql.length();
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < sql.length() && isWordPart(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private int numberEnd() {
    int end = at;
    while (end < sql.length()) {
      char c = sql.charAt(end);
      boolean sign = (c == '+' || c == '-') && end > at && "eE".indexOf(sql.charAt(end - 1)) >= 0;
      if (!sign && c != '.' && !isWordPart(c)) {
        break;
      }
      end++;
    }
    return end;
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
