package dev.tributary.definition;

/**
 * One thing to say about a text of the operator's, and where in that text.
 *
 * @param severity whether the text is refused
 * @param offset UTF-16 offset of the offending part, 0 to the text's length
 * @param length UTF-16 length of the offending part; 0 where something is missing
 * @param message lower case, no full stop
 */
public record Finding(Severity severity, int offset, int length, String message) {

  /** Whether a text is refused or only doubtful. */
  public enum Severity {
    ERROR,
    WARNING
  }

  static Finding error(int offset, int length, String message) {
    return new Finding(Severity.ERROR, offset, length, message);
  }

  static Finding warning(int offset, int length, String message) {
    return new Finding(Severity.WARNING, offset, length, message);
  }

  /** Whether the text is refused because of this. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
