package dev.tributary.definition;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tokens of InfluxQL: a backslash escapes, comments do not nest, a number may be a duration, and a
 * slash begins a regular expression wherever it cannot be a division.
 */
final class InfluxqlDialect implements Lexer.Dialect {

  private static final Set<String> KEYWORDS =
      Set.of(
          "all",
          "and",
          "any",
          "as",
          "asc",
          "by",
          "desc",
          "distinct",
          "false",
          "fill",
          "from",
          "group",
          "in",
          "inf",
          "into",
          "limit",
          "offset",
          "or",
          "order",
          "select",
          "slimit",
          "soffset",
          "time",
          "true",
          "tz",
          "where");

  private static final Set<String> OPERATORS = Set.of("<=", ">=", "<>", "!=", "=~", "!~", "::");

  /** Whether the language knows the word in any case; names of columns keep theirs. */
  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean nestsComments() {
    return false;
  }

  @Override
  public Token.Kind skipToken(Cursor cursor, List<Token> before, List<Finding> findings) {
    char first = cursor.peek(0);
    int begin = cursor.offset();
    if (first == '\'') {
      if (!cursor.skipQuoted('\'', '\\')) {
        Lexer.unclosed(findings, begin, "string");
      }
      return Token.Kind.STRING;
    }
    if (first == '"') {
      if (!cursor.skipQuoted('"', '\\')) {
        Lexer.unclosed(findings, begin, "quoted name");
      }
      return Token.Kind.QUOTED;
    }
    if (first == '/' && beginsRegex(before)) {
      if (!cursor.skipQuoted('/', '\\')) {
        Lexer.unclosed(findings, begin, "regular expression");
      }
      return Token.Kind.REGEX;
    }
    if (first == '$') {
      return skipParameter(cursor, findings);
    }
    if (isDigit(first) || (first == '.' && isDigit(cursor.peek(1)))) {
      // units follow their numbers without space: 1h30m, 10µ
      cursor.moveWhile(
          character -> isWordPart(character) || character == '.' || isMicro(character));
      return Token.Kind.NUMBER;
    }
    cursor.moveWhile(InfluxqlDialect::isWordPart);
    if (cursor.offset() > begin) {
      return Token.Kind.WORD;
    }
    cursor.moveOperator(OPERATORS);
    return Token.Kind.SYMBOL;
  }

  private static boolean beginsRegex(List<Token> before) {
    if (before.isEmpty()) {
      return true;
    }
    Token last = before.get(before.size() - 1);
    return switch (last.kind()) {
      case WORD -> isKeyword(last.text()) && !last.is("time");
      case SYMBOL -> !last.isSymbol(")") && !last.isSymbol("]");
      case QUOTED, STRING, NUMBER, PARAMETER, REGEX -> false;
    };
  }

  private static Token.Kind skipParameter(Cursor cursor, List<Finding> findings) {
    int begin = cursor.offset();
    cursor.move(1);
    if (cursor.peek(0) != '"') {
      cursor.moveWhile(InfluxqlDialect::isWordPart);
    } else if (!cursor.skipQuoted('"', '\\')) {
      Lexer.unclosed(findings, begin, "quoted parameter");
    }
    return Token.Kind.PARAMETER;
  }

  private static boolean isMicro(int character) {
    return character == 'µ' || character == 'μ';
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isWordPart(int character) {
    return character == '_' || isDigit(character) || Character.isLetter(character);
  }
}
