package dev.tributary.definition;

import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * What is wrong with a text that is not YAML, in an operator's words.
 *
 * @param line from 0
 * @param column from 0
 * @param offset in the whole text, in code points, instead of line and column; -1 when unknown
 */
record YamlComplaint(int line, int column, int offset, String message) {

  static YamlComplaint of(YAMLException e) {
    if (e instanceof MarkedYAMLException marked) {
      return of(marked);
    }
    if (e instanceof ReaderException unreadable) {
      String code = String.format(Locale.ROOT, "U+%04X", unreadable.getCodePoint());
      return new YamlComplaint(
          0, 0, unreadable.getPosition(), "control character " + code + " is not allowed");
    }
    return new YamlComplaint(0, 0, -1, plain(String.valueOf(e.getMessage())));
  }

  private static YamlComplaint of(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    String context = String.valueOf(e.getContext());
    Optional<Mark> opened = Optional.ofNullable(e.getContextMark());
    boolean atEnd = problem.contains("end of stream") || problem.contains("<stream end>");
    if (opened.isPresent() && context.contains("quoted scalar") && atEnd) {
      return at(opened, "quote is never closed");
    }
    if (opened.isPresent() && context.contains("flow ")) {
      String pair = context.contains("mapping") ? "'{'" : "'['";
      String close = context.contains("mapping") ? "'}'" : "']'";
      return atEnd
          ? at(opened, pair + " is never closed")
          : at(
              Optional.ofNullable(e.getProblemMark()),
              "expected ',' or "
                  + close
                  + ", since "
                  + pair
                  + " on line "
                  + (opened.orElseThrow().getLine() + 1)
                  + " is still open");
    }
    return at(Optional.ofNullable(e.getProblemMark()), reworded(problem));
  }

  private static String reworded(String problem) {
    if (problem.contains("TAB")) {
      return "tabs are not allowed in indentation; use spaces";
    }
    if (problem.contains("<block end>")) {
      return "this line is indented differently from those it belongs to";
    }
    if (problem.contains("that cannot start any token")) {
      int quote = problem.indexOf('\'');
      return "a value must not begin with "
          + problem.substring(quote, Math.min(quote + 3, problem.length()))
          + "; put it in quotes";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "a second ':' makes a key of a value; put the value in quotes, or begin a new line";
    }
    if (problem.contains("could not find expected ':'")) {
      return "a key needs ':' and a space behind it";
    }
    return plain(problem);
  }

  private static String plain(String problem) {
    return "is not YAML: " + problem.lines().findFirst().orElse("").strip();
  }

  private static YamlComplaint at(Optional<Mark> mark, String message) {
    return new YamlComplaint(
        mark.map(Mark::getLine).orElse(0), mark.map(Mark::getColumn).orElse(0), -1, message);
  }

  /** The complaint at its place; about a line that may hold a secret, no more than that. */
  Diagnostic in(SourceFile file) {
    int atLine = line;
    int atColumn = column;
    int left = offset;
    for (int i = 0; offset >= 0 && i < file.lines().size(); i++) {
      int length = file.lines().get(i).codePointCount(0, file.lines().get(i).length());
      if (left <= length) {
        atLine = i;
        atColumn = file.lines().get(i).offsetByCodePoints(0, left);
        break;
      }
      left -= length + 1;
    }
    boolean quotes = message.startsWith("is not YAML");
    return file.at(
        atLine,
        atColumn,
        Finding.Severity.ERROR,
        quotes && file.isHushed(atLine) ? "is not YAML" : message);
  }
}
