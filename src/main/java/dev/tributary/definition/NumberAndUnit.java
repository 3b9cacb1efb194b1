package dev.tributary.definition;

/**
 * A text cut after its leading ASCII digits.
 *
 * @param digits may be empty
 * @param unit the rest, as it stands; may be empty
 */
record NumberAndUnit(String digits, String unit) {

  static NumberAndUnit of(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return new NumberAndUnit(text.substring(0, end), text.substring(end));
  }
}
