package dev.tributary.definition;

import java.util.Locale;

/**
 * The smallest part of a query that means something; comments and white space mean nothing.
 *
 * @param kind what it is
 * @param text as it stands in the query, quotes included
 * @param offset UTF-16 offset in the query
 * @param depth how many brackets are open around it; a bracket itself counts as outside
 */
record Token(Kind kind, String text, int offset, int depth) {

  /** The kinds of tokens that the two languages have. */
  enum Kind {
    /** A keyword or an identifier without quotes. */
    WORD,
    /** An identifier in quotes. */
    QUOTED,
    /** Text in single quotes. */
    STRING,
    /** A number; in InfluxQL also a duration. */
    NUMBER,
    /** A dollar sign and a name. */
    PARAMETER,
    /** A regular expression between slashes. */
    REGEX,
    /** Anything else: a bracket, an operator, a comma. */
    SYMBOL
  }

  int length() {
    return text.length();
  }

  int end() {
    return offset + text.length();
  }

  /** Whether this may name a column or a function; keywords may, too. */
  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /** Whether this is the unquoted word, case aside. */
  boolean is(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** An unquoted word in lower case; other tokens as they stand. */
  String folded() {
    return kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** What stands between the quotes, doubled quotes halved; other tokens as they stand. */
  String content() {
    if (kind != Kind.STRING && kind != Kind.QUOTED) {
      return text;
    }
    String quote = text.substring(0, 1);
    int end = text.length() > 1 && text.endsWith(quote) ? text.length() - 1 : text.length();
    return text.substring(1, end).replace(quote + quote, quote);
  }

  /** The identifier that this token names, as the SQL server folds it. */
  String identifier() {
    return kind == Kind.QUOTED ? content() : folded();
  }
}
