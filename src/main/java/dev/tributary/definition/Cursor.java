package dev.tributary.definition;

import java.util.Set;
import java.util.function.IntPredicate;

/** A place in a text that moves forward; never beyond the end. */
final class Cursor {

  /** What {@link #peek} answers beyond the end; no text of Unicode characters holds it. */
  static final char END = '\uffff';

  private final String text;
  private int offset;

  Cursor(String text) {
    this.text = text;
  }

  int offset() {
    return offset;
  }

  boolean atEnd() {
    return offset >= text.length();
  }

  /** The character {@code ahead} of the place, or {@link #END}. */
  char peek(int ahead) {
    return offset + ahead < text.length() ? text.charAt(offset + ahead) : END;
  }

  boolean at(String prefix) {
    return text.startsWith(prefix, offset);
  }

  void move(int characters) {
    offset = Math.min(text.length(), offset + characters);
  }

  void moveWhile(IntPredicate accepts) {
    while (!atEnd() && accepts.test(text.codePointAt(offset))) {
      move(Character.charCount(text.codePointAt(offset)));
    }
  }

  /** Moves past one of the operators of two characters, else past one character. */
  void moveOperator(Set<String> operators) {
    boolean two =
        offset + 2 <= text.length() && operators.contains(text.substring(offset, offset + 2));
    move(two ? 2 : Character.charCount(text.codePointAt(offset)));
  }

  String since(int begin) {
    return text.substring(begin, offset);
  }

  void skipLine() {
    moveWhile(character -> character != '\n');
  }

  /**
   * Moves past a quoted part that begins here.
   *
   * @param escape character that takes the next one's meaning away; the quote itself where doubling
   *     does that
   * @return whether the closing quote was found; the place is the end of the text if not
   */
  boolean skipQuoted(char quote, char escape) {
    move(1);
    while (!atEnd()) {
      char character = peek(0);
      if (character == escape && (escape != quote || peek(1) == quote)) {
        move(2);
      } else if (character == quote) {
        move(1);
        return true;
      } else {
        move(1);
      }
    }
    return false;
  }

  /**
   * Moves past a block comment that begins here.
   *
   * @param nests whether comments hold comments
   * @return whether its end was found; the place is the end of the text if not
   */
  boolean skipBlockComment(boolean nests) {
    int open = 0;
    while (!atEnd()) {
      if (at("/*") && (nests || open == 0)) {
        open++;
        move(2);
      } else if (at("*/")) {
        open--;
        move(2);
        if (open == 0) {
          return true;
        }
      } else {
        move(1);
      }
    }
    return false;
  }
}
