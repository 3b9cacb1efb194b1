package dev.tributary.query;

import java.util.Optional;

/** What a server said, made fit for a sentence of ours. */
final class ServerText {

  /** Enough for any planner's complaint; what is longer lists the server's own memory consumers. */
  static final int LONGEST = 400;

  private ServerText() {}

  /**
   * The text on one line, at most {@link #LONGEST} characters, without a full stop at its end, and
   * without the token: some gateways repeat what they were sent.
   */
  static String line(String text, Optional<String> token) {
    String safe = token.filter(t -> !t.isEmpty()).map(t -> text.replace(t, "***")).orElse(text);
    StringBuilder line = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < safe.length() && line.length() <= LONGEST; i++) {
      char c = safe.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c)) {
        gap = line.length() > 0;
        continue;
      }
      if (gap) {
        line.append(' ');
        gap = false;
      }
      line.append(c);
    }
    if (line.length() > LONGEST) {
      return cut(line);
    }
    boolean stop = line.length() > 0 && line.charAt(line.length() - 1) == '.';
    return stop ? line.substring(0, line.length() - 1) : line.toString();
  }

  private static String cut(StringBuilder line) {
    int end = LONGEST - 1;
    if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + "…";
  }
}
