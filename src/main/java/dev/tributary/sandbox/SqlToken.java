package dev.tributary.sandbox;

import java.util.Locale;

/**
 * A piece of SQL text that is neither space nor comment.
 *
 * @param kind what it is
 * @param text as written, quotes included
 * @param start offset of its first character
 */
record SqlToken(Kind kind, String text, int start) {

  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    PARAMETER,
    SYMBOL
  }

  int end() {
    return start + text.length();
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && text.charAt(0) == symbol;
  }

  /** Whether it names exactly this table or column: bare words fold to lower case. */
  boolean names(String name) {
    return switch (kind) {
      case WORD -> text.toLowerCase(Locale.ROOT).equals(name);
      case QUOTED_NAME -> text.equals(quotedName(name));
      case STRING, NUMBER, PARAMETER, SYMBOL -> false;
    };
  }

  static String quotedName(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quotedString(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
