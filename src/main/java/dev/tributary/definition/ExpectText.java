package dev.tributary.definition;

import dev.tributary.job.Bounds;

/** Reads bounds of a count: {@code >= 1}, {@code <= 500}, {@code 1..500}, {@code 24}. */
final class ExpectText {

  private static final String FORM =
      "must be like \">= 1\", \"<= 500\", \"1..500\" or \"24\", but was '";

  private ExpectText() {}

  static Parsed<Bounds> parse(String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith(">=")) {
      return bounds(text, trimmed.substring(2), "");
    }
    if (trimmed.startsWith("<=")) {
      return bounds(text, "0", trimmed.substring(2));
    }
    int dots = trimmed.indexOf("..");
    return dots < 0
        ? bounds(text, trimmed, trimmed)
        : bounds(text, trimmed.substring(0, dots), trimmed.substring(dots + 2));
  }

  private static Parsed<Bounds> bounds(String text, String least, String most) {
    String from = least.strip();
    String to = most.strip();
    if (!from.matches("[0-9]{1,18}") || !to.matches("[0-9]{0,18}")) {
      return KeyTypes.refused(text, FORM + text + "'");
    }
    long min = Long.parseLong(from);
    long max = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
    return min > max
        ? KeyTypes.refused(
            text, "must not have a lower bound above its upper, but was '" + text + "'")
        : Parsed.of(new Bounds(min, max));
  }
}
