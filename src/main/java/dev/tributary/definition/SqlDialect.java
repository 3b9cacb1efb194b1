package dev.tributary.definition;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tokens of the server's SQL: quotes are doubled, comments nest, words may hold a dollar sign. */
final class SqlDialect implements Lexer.Dialect {

  /** Prefixes that give a backslash in the string behind them a meaning. */
  private static final Set<String> STRING_PREFIXES = Set.of("e", "u&");

  private static final Set<String> OPERATORS =
      Set.of("<=", ">=", "<>", "!=", "||", "::", "!~", "~*", "->", "=>", "==");

  @Override
  public boolean nestsComments() {
    return true;
  }

  @Override
  public Token.Kind skipToken(Cursor cursor, List<Token> before, List<Finding> findings) {
    char first = cursor.peek(0);
    int begin = cursor.offset();
    if (first == '\'') {
      if (!cursor.skipQuoted('\'', '\'')) {
        Lexer.unclosed(findings, begin, "string");
      } else if (cursor.since(begin).indexOf('\\') >= 0 && isEscaping(before, begin)) {
        refuse(findings, begin, cursor, "strings with backslash escapes are not read");
      }
      return Token.Kind.STRING;
    }
    if (first == '"' || first == '`') {
      if (!cursor.skipQuoted(first, first)) {
        Lexer.unclosed(findings, begin, "quoted name");
      }
      return Token.Kind.QUOTED;
    }
    if (first == '$') {
      return skipDollar(cursor, findings);
    }
    if (isDigit(first) || (first == '.' && isDigit(cursor.peek(1)))) {
      skipNumber(cursor);
      return Token.Kind.NUMBER;
    }
    cursor.moveWhile(SqlDialect::isWordPart);
    if (cursor.offset() > begin) {
      return Token.Kind.WORD;
    }
    cursor.moveOperator(OPERATORS);
    return Token.Kind.SYMBOL;
  }

  private static boolean isEscaping(List<Token> before, int begin) {
    if (before.isEmpty()) {
      return false;
    }
    Token last = before.get(before.size() - 1);
    boolean unicode =
        last.isSymbol("&") && before.size() > 1 && before.get(before.size() - 2).is("u");
    return last.end() == begin && (unicode || STRING_PREFIXES.contains(last.folded()));
  }

  /** A parameter; or a dollar-quoted string, which is refused, for it hides quotes. */
  private static Token.Kind skipDollar(Cursor cursor, List<Finding> findings) {
    int begin = cursor.offset();
    cursor.move(1);
    cursor.moveWhile(SqlDialect::isParameterPart);
    if (cursor.peek(0) != '$') {
      return Token.Kind.PARAMETER;
    }
    cursor.move(1);
    String quote = cursor.since(begin);
    while (!cursor.atEnd() && !cursor.at(quote)) {
      cursor.move(1);
    }
    cursor.move(quote.length());
    findings.add(
        Finding.error(
            begin, quote.length(), "strings quoted by dollar signs are not read; write '…'"));
    return Token.Kind.STRING;
  }

  private static void refuse(List<Finding> findings, int begin, Cursor cursor, String what) {
    findings.add(
        Finding.error(
            begin, cursor.offset() - begin, what + "; write the character itself, a quote twice"));
  }

  private static void skipNumber(Cursor cursor) {
    cursor.moveWhile(SqlDialect::isDigit);
    if (cursor.peek(0) == '.') {
      cursor.move(1);
      cursor.moveWhile(SqlDialect::isDigit);
    }
    String exponent = ("" + cursor.peek(0)).toLowerCase(Locale.ROOT);
    boolean signed = cursor.peek(1) == '+' || cursor.peek(1) == '-';
    if (exponent.equals("e") && isDigit(cursor.peek(signed ? 2 : 1))) {
      cursor.move(signed ? 2 : 1);
      cursor.moveWhile(SqlDialect::isDigit);
    }
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isParameterPart(int character) {
    return character == '_' || Character.isLetterOrDigit(character);
  }

  private static boolean isWordPart(int character) {
    return isParameterPart(character) || character == '$' || character == '@' || character == '#';
  }
}
