package dev.tributary.telemetry;

import java.util.Locale;
import java.util.Map;

/** Flat JSON objects of texts and numbers, without a library: a log line must cost little. */
final class JsonText {

  private JsonText() {}

  /** One object on one line; numbers and truth values stay what they are, all else is text. */
  static String object(Map<String, ?> members) {
    StringBuilder json = new StringBuilder("{");
    members.forEach(
        (name, value) -> {
          if (json.length() > 1) {
            json.append(',');
          }
          quote(name, json);
          json.append(':');
          if (value instanceof Number || value instanceof Boolean) {
            json.append(value);
          } else {
            quote(String.valueOf(value), json);
          }
        });
    return json.append('}').toString();
  }

  /** The text in quotes. */
  static String quote(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2);
    quote(text, json);
    return json.toString();
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          // lone surrogates have no UTF-8 form
          if (c < ' ' || (Character.isSurrogate(c) && !isPaired(text, i))) {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
