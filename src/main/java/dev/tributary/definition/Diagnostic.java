package dev.tributary.definition;

import java.util.Comparator;
import java.util.Locale;

/**
 * One thing to say about a definition, and where.
 *
 * @param file as the operator named it
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param severity whether the definition is refused
 * @param message lower case, no full stop, no secret
 * @param excerpt the line itself; empty when it may hold a secret
 */
public record Diagnostic(
    String file, int line, int column, Finding.Severity severity, String message, String excerpt)
    implements Comparable<Diagnostic> {

  private static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparing(Diagnostic::file)
          .thenComparingInt(Diagnostic::line)
          .thenComparingInt(Diagnostic::column)
          .thenComparing(Diagnostic::message);

  public boolean isError() {
    return severity == Finding.Severity.ERROR;
  }

  /** Place and message in one line. */
  public String headline() {
    return file
        + ":"
        + line
        + ":"
        + column
        + ": "
        + severity.name().toLowerCase(Locale.ROOT)
        + ": "
        + message;
  }

  /** As a compiler prints it: place and message, then the line with a caret below. */
  public String rendered() {
    String head = headline();
    if (excerpt.isBlank()) {
      return head;
    }
    String number = "  " + line + " | ";
    String margin = " ".repeat(number.length() - 2) + "| ";
    return head + "\n" + number + excerpt + "\n" + margin + " ".repeat(column - 1) + "^";
  }

  @Override
  public int compareTo(Diagnostic other) {
    return BY_PLACE.compare(this, other);
  }
}
