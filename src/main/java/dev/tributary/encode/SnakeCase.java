package dev.tributary.encode;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names that need no quotes in a query: small letters, digits and underscores. */
final class SnakeCase {

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private SnakeCase() {}

  /**
   * The name in snake case: {@code CO2Avg} is {@code co2_avg}. Letters of any script stay, and a
   * name in snake case stays as it is; empty if there is no letter or digit.
   */
  static String of(String name) {
    if (PLAIN.matcher(name).matches()) {
      return name;
    }
    int[] points = name.codePoints().toArray();
    StringBuilder snake = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < points.length; i++) {
      if (!isPart(points[i])) {
        gap = true;
        continue;
      }
      if (snake.length() > 0 && (gap || beginsWord(points, i))) {
        snake.append('_');
      }
      snake.appendCodePoint(points[i]);
      gap = false;
    }
    boolean digitFirst = snake.length() > 0 && Character.isDigit(snake.codePointAt(0));
    return (digitFirst ? "_" : "") + snake.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isPart(int point) {
    return Character.isLetterOrDigit(point)
        || Character.getType(point) == Character.NON_SPACING_MARK;
  }

  /** A capital after a small letter or digit, or the last of several before a small letter. */
  private static boolean beginsWord(int[] points, int at) {
    if (!Character.isUpperCase(points[at])) {
      return false;
    }
    boolean follows = at + 1 < points.length && Character.isLowerCase(points[at + 1]);
    return !Character.isUpperCase(points[at - 1]) || follows;
  }
}
