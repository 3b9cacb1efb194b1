package dev.tributary.sandbox.influxql;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A place in a query, from which words are read one at a time. The grammar says what may come, for
 * the language has no tokens of its own: {@code /} divides or begins an expression.
 */
final class Lexer {

  private static final Set<String> KEYWORDS =
      Set.of(
          ("ALL ALTER ANALYZE AND ANY AS ASC BEGIN BY CARDINALITY CONTINUOUS CREATE DATABASE"
                  + " DATABASES DEFAULT DELETE DESC DESTINATIONS DIAGNOSTICS DISTINCT DROP DURATION"
                  + " END EVERY EXACT EXPLAIN FALSE FIELD FOR FROM GRANT GRANTS GROUP GROUPS IN INF"
                  + " INSERT INTO KEY KEYS KILL LIMIT MEASUREMENT MEASUREMENTS NAME OFFSET OR ON"
                  + " ORDER PASSWORD POLICIES POLICY PRIVILEGES QUERIES QUERY READ REPLICATION"
                  + " RESAMPLE RETENTION REVOKE SELECT SERIES SET SHARD SHARDS SHOW SLIMIT SOFFSET"
                  + " STATS SUBSCRIPTION SUBSCRIPTIONS TAG TO TRUE USER USERS VALUES WHERE WITH"
                  + " WRITE")
              .split(" "));
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern FLOAT = Pattern.compile("\\d*\\.\\d+");
  private static final Pattern DURATION = Pattern.compile("(?:\\d+(?:ns|µ|u|ms|s|m|h|d|w))+");
  private static final Pattern STEP = Pattern.compile("(\\d+)(ns|µ|u|ms|s|m|h|d|w)");
  private static final Pattern REGEX = Pattern.compile("/((?:[^/\\\\\\n]|\\\\.)*)/");

  private final String text;
  private int at;
  private int statementPos;

  Lexer(String text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  void back(int position) {
    at = position;
  }

  /** From here on, a text that fits no rule is blamed on this place. */
  void beginStatement() {
    statementPos = pos();
  }

  /** What is left fits no rule: told in the words of the parser library that the server uses. */
  InfluxqlRefusal broken(String kind, String rule) {
    String rest =
        text.substring(at)
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t");
    return InfluxqlRefusal.planning(
        "Error during planning: invalid InfluxQL statement at pos %d. Parsing %s: Nom(\"%s\", %s)"
            .formatted(statementPos, kind, rest, rule));
  }

  boolean ended() {
    return at == text.length();
  }

  /** The place as the server counts it, in bytes. */
  int pos() {
    return text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Skips blanks and comments. */
  void space() throws InfluxqlRefusal {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          at += 2;
          throw failure("invalid inline comment, missing closing */");
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  /** An error that no other rule can mend. */
  InfluxqlRefusal failure(String what) {
    return InfluxqlRefusal.syntax(what, pos());
  }

  boolean keyword(String word) throws InfluxqlRefusal {
    int before = at;
    space();
    int end = at + word.length();
    if (text.regionMatches(true, at, word, 0, word.length())
        && (end == text.length() || !isWordPart(text.charAt(end)))) {
      at = end;
      return true;
    }
    at = before;
    return false;
  }

  private static boolean isWordPart(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  boolean symbol(String symbol) throws InfluxqlRefusal {
    int before = at;
    space();
    if (text.startsWith(symbol, at)) {
      at += symbol.length();
      return true;
    }
    at = before;
    return false;
  }

  /** A symbol with nothing before it. */
  boolean adjacent(String symbol) {
    if (text.startsWith(symbol, at)) {
      at += symbol.length();
      return true;
    }
    return false;
  }

  void expect(String symbol) throws InfluxqlRefusal, Mismatch {
    if (!symbol(symbol)) {
      throw new Mismatch();
    }
  }

  /** A name, quoted or a word that is no keyword. */
  String identifier() throws InfluxqlRefusal, Mismatch {
    int before = at;
    space();
    if (text.startsWith("\"", at)) {
      return quoted('"', before);
    }
    String word = take(IDENTIFIER);
    if (word == null || KEYWORDS.contains(word.toUpperCase(Locale.ROOT))) {
      at = before;
      throw new Mismatch();
    }
    return word;
  }

  /** A bare word, keyword or not; null if something else comes. */
  @Nullable String word() throws InfluxqlRefusal {
    return take(IDENTIFIER);
  }

  /** The name after a {@code $}, which was read already. */
  String parameter() throws Mismatch {
    if (text.startsWith("\"", at)) {
      return quoted('"', at);
    }
    String name = adjacent(PARAMETER);
    if (name == null) {
      throw new Mismatch();
    }
    return name;
  }

  boolean atString() throws InfluxqlRefusal {
    int before = at;
    space();
    boolean quote = text.startsWith("'", at);
    at = before;
    return quote;
  }

  String string() throws InfluxqlRefusal, Mismatch {
    int before = at;
    space();
    return quoted('\'', before);
  }

  private String quoted(char quote, int before) throws Mismatch {
    StringBuilder value = new StringBuilder();
    int next = at;
    at = before;
    if (next == text.length() || text.charAt(next) != quote) {
      throw new Mismatch();
    }
    for (next++; next < text.length() && text.charAt(next) != quote; next++) {
      char c = text.charAt(next);
      if (c == '\\' && next + 1 < text.length()) {
        char escaped = text.charAt(++next);
        c = escaped == 'n' ? '\n' : escaped;
      }
      value.append(c);
    }
    if (next == text.length()) {
      throw new Mismatch();
    }
    at = next + 1;
    return value.toString();
  }

  /** Nanoseconds of a span such as {@code 1h30m}. */
  OptionalLong duration() throws InfluxqlRefusal {
    String spans = take(DURATION);
    if (spans == null) {
      return OptionalLong.empty();
    }
    long nanos = 0;
    Matcher step = STEP.matcher(spans);
    try {
      while (step.find()) {
        long count = Long.parseLong(step.group(1));
        nanos = Math.addExact(nanos, Math.multiplyExact(count, unit(step.group(2))));
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw failure("overflow");
    }
    return OptionalLong.of(nanos);
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1L;
      case "u", "µ" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      default -> 604_800_000_000_000L;
    };
  }

  /** A number with a point; null if something else comes. */
  @Nullable String decimal() throws InfluxqlRefusal {
    return take(FLOAT);
  }

  /** A number without sign or point; null if something else comes. */
  @Nullable String digits() throws InfluxqlRefusal {
    return take(DIGITS);
  }

  /** A regular expression between slashes; null if something else comes. */
  @Nullable Pattern regex() throws InfluxqlRefusal {
    String slashed = take(REGEX);
    if (slashed == null) {
      return null;
    }
    try {
      return Pattern.compile(slashed.substring(1, slashed.length() - 1).replace("\\/", "/"));
    } catch (PatternSyntaxException e) {
      throw InfluxqlRefusal.unsupported("the regular expression " + slashed);
    }
  }

  /** What matches behind blanks; nothing is read if nothing does. */
  private @Nullable String take(Pattern pattern) throws InfluxqlRefusal {
    int before = at;
    space();
    String taken = adjacent(pattern);
    if (taken == null) {
      at = before;
    }
    return taken;
  }

  private @Nullable String adjacent(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    return matcher.group();
  }
}
