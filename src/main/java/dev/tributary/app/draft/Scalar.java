package dev.tributary.app.draft;

import java.util.Set;

/** Values as YAML writes them. */
final class Scalar {

  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private Scalar() {}

  /** Plain where that is read back as the same text, else in quotes. */
  static String of(String text) {
    boolean plain =
        text.matches("[A-Za-z$/][A-Za-z0-9_./:${}+-]*")
            && !text.endsWith(":")
            && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }
}
