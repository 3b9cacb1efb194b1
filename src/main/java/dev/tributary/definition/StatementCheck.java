package dev.tributary.definition;

import dev.tributary.job.Query.Bound;
import dev.tributary.job.Query.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a query must not be: more than one statement, anything but a SELECT, misused bounds. */
final class StatementCheck {

  private static final List<String> PARAMETERS =
      Arrays.stream(Bound.values()).map(Bound::parameter).toList();

  private static final Set<String> WRITES = Set.of("insert", "update", "delete", "merge", "values");

  private final Language language;
  private final List<Token> tokens;
  private final List<Finding> findings = new ArrayList<>();

  private StatementCheck(Language language, List<Token> tokens) {
    this.language = language;
    this.tokens = tokens;
  }

  static List<Finding> of(Language language, List<Token> tokens) {
    if (tokens.isEmpty()) {
      return List.of(Finding.error(0, 0, "query is empty"));
    }
    StatementCheck check = new StatementCheck(language, tokens);
    check.verb();
    check.single();
    check.into();
    tokens.forEach(check::bounds);
    return check.findings;
  }

  /** The bound that a parameter names, if it is one. */
  static Optional<Bound> bound(Token token) {
    return token.kind() == Token.Kind.PARAMETER
        ? Arrays.stream(Bound.values())
            .filter(bound -> bound.parameter().equals(parameter(token)))
            .findFirst()
        : Optional.empty();
  }

  private static String parameter(Token token) {
    String name = token.text().substring(1);
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  private void verb() {
    Token first =
        tokens.stream().filter(token -> !token.isSymbol("(")).findFirst().orElse(tokens.get(0));
    boolean with = language == Language.SQL && first.is("with");
    boolean bracketed = language == Language.INFLUXQL && !first.equals(tokens.get(0));
    if ((!with && !first.is("select")) || bracketed) {
      String allowed = language == Language.SQL ? "SELECT or WITH" : "SELECT";
      error(first, "query must begin with " + allowed + ", but begins with '" + first.text() + "'");
      return;
    }
    if (with) {
      tokens.stream()
          .filter(token -> token.depth() == first.depth())
          .filter(token -> token.is("select") || WRITES.contains(token.folded()))
          .findFirst()
          .filter(token -> !token.is("select"))
          .ifPresent(token -> error(token, "query must only read, but has '" + token.text() + "'"));
    }
  }

  private void single() {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isSymbol(";")) {
        List<Token> after = tokens.subList(i, tokens.size());
        after.stream()
            .filter(token -> !token.isSymbol(";"))
            .findFirst()
            .ifPresent(
                token -> error(token, "query must be one statement, but another follows the ';'"));
        return;
      }
    }
  }

  private void into() {
    tokens.stream()
        .filter(token -> token.is("into"))
        .findFirst()
        .ifPresent(token -> error(token, "query must only read, but has '" + token.text() + "'"));
  }

  private void bounds(Token token) {
    switch (token.kind()) {
      case PARAMETER -> {
        if (bound(token).isEmpty()) {
          String name = parameter(token);
          error(
              token,
              "'"
                  + token.text()
                  + "' is not a bound; a query has $start and $end, nothing else"
                  + Suggestion.closest(name, PARAMETERS)
                      .map(known -> "; did you mean '$" + known + "'?")
                      .orElse(""));
        }
      }
      case STRING, QUOTED -> quoted(token);
      case WORD -> glued(token);
      case NUMBER, REGEX, SYMBOL -> {}
    }
  }

  private void quoted(Token token) {
    for (String parameter : PARAMETERS) {
      String bound = "$" + parameter;
      if (token.content().strip().equals(bound)) {
        error(token, "'" + bound + "' inside quotes is plain text; write it without quotes");
      } else if (holds(token.content(), bound)) {
        findings.add(
            Finding.warning(
                token.offset(), token.length(), "'" + bound + "' inside quotes is plain text"));
      }
    }
  }

  private static boolean holds(String content, String bound) {
    for (int at = content.indexOf(bound); at >= 0; at = content.indexOf(bound, at + 1)) {
      int end = at + bound.length();
      if (end == content.length() || !Character.isJavaIdentifierPart(content.charAt(end))) {
        return true;
      }
    }
    return false;
  }

  /** SQL words may hold dollar signs, so {@code AND$start} is one word. */
  private void glued(Token token) {
    String folded = token.text().toLowerCase(Locale.ROOT);
    for (String parameter : PARAMETERS) {
      if (folded.endsWith("$" + parameter)) {
        error(token, "'" + token.text() + "' is one word; put a space before '$" + parameter + "'");
      }
    }
  }

  private void error(Token token, String message) {
    findings.add(Finding.error(token.offset(), token.length(), message));
  }
}
