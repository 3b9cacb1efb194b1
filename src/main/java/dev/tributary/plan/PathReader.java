package dev.tributary.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a path template from left to right. */
final class PathReader {

  private final String text;
  private final List<PathToken> tokens = new ArrayList<>();

  PathReader(String text) {
    this.text = text;
  }

  /** The first thing that is wrong with a template, and where. */
  static final class SyntaxProblem extends Exception {
    private static final long serialVersionUID = 1L;
    private final int offset;
    private final String clause;

    SyntaxProblem(int offset, String clause) {
      super(clause, null, false, false);
      this.offset = offset;
      this.clause = clause;
    }

    int offset() {
      return offset;
    }

    String clause() {
      return clause;
    }
  }

  List<PathToken> tokens() throws SyntaxProblem {
    if (text.isEmpty()) {
      throw new SyntaxProblem(0, "a path names at least a file, but is empty");
    }
    int at = 0;
    while (at < text.length()) {
      at = text.charAt(at) == '{' ? token(at) : literal(at);
    }
    return tokens;
  }

  private int literal(int from) throws SyntaxProblem {
    int at = from;
    while (at < text.length() && text.charAt(at) != '{') {
      char character = text.charAt(at);
      if (character == '}') {
        throw new SyntaxProblem(at, "'}' closes no token");
      }
      if (Character.isISOControl(character) || character == '\\') {
        throw new SyntaxProblem(at, "a path holds no backslash and no control character");
      }
      at++;
    }
    tokens.add(PathToken.literal(text.substring(from, at)));
    return at;
  }

  private int token(int open) throws SyntaxProblem {
    int close = text.indexOf('}', open);
    if (close < 0) {
      throw new SyntaxProblem(open, "'{' is not closed");
    }
    String body = text.substring(open + 1, close);
    int colon = body.indexOf(':');
    String name = colon < 0 ? body : body.substring(0, colon);
    switch (name) {
      case "job" -> tokens.add(plain(PathToken.Kind.JOB, open, colon));
      case "ext" -> tokens.add(plain(PathToken.Kind.EXT, open, colon));
      case "start" -> tokens.add(bound(PathToken.Kind.START, open, body, colon));
      case "end" -> tokens.add(bound(PathToken.Kind.END, open, body, colon));
      default ->
          throw new SyntaxProblem(
              open,
              "'{"
                  + name
                  + "}' is no token; there are {job}, {start}, {end}, {start:PATTERN},"
                  + " {end:PATTERN} and {ext}");
    }
    return close + 1;
  }

  private static PathToken plain(PathToken.Kind kind, int open, int colon) throws SyntaxProblem {
    if (colon >= 0) {
      throw new SyntaxProblem(open + 1 + colon, "only {start} and {end} take a pattern");
    }
    return PathToken.of(kind);
  }

  private static PathToken bound(PathToken.Kind kind, int open, String body, int colon)
      throws SyntaxProblem {
    if (colon < 0) {
      return PathToken.of(kind);
    }
    String pattern = body.substring(colon + 1);
    int at = open + 2 + colon;
    if (pattern.isEmpty()) {
      throw new SyntaxProblem(at, "the pattern is empty");
    }
    try {
      DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
      // Some letters are accepted here and fail at the first instant only.
      if (formatter.format(Instant.EPOCH.atZone(ZoneOffset.UTC)).isEmpty()) {
        throw new SyntaxProblem(at, "the pattern writes nothing");
      }
      return new PathToken(kind, pattern, Optional.of(formatter));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new SyntaxProblem(at, "'" + pattern + "' is not a date pattern, like uuuu-MM-dd");
    }
  }
}
