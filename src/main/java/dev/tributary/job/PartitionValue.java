package dev.tributary.job;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A column and its value, as the folder {@code column=value} says them to readers of a lake. The
 * empty string is no value: such readers cannot tell the two apart.
 *
 * @param column its name
 * @param text the value's canonical text; absent for null
 */
public record PartitionValue(String column, Optional<String> text) {

  /** What stands in a folder's name for no value. */
  public static final String NONE = "__HIVE_DEFAULT_PARTITION__";

  /** DuckDB takes a folder of this name for no value, too. */
  private static final String ALSO_NONE = "null";

  private static final String SAFE = "-_.";

  public PartitionValue {
    text = text.filter(value -> !value.isEmpty());
  }

  /**
   * The folder's name: whatever is not an ASCII letter, a digit or one of {@code -_.} is
   * percent-encoded, so that neither a slash nor a control character ever gets into a path. Of a
   * text that readers would take for no value, the first character is.
   */
  public String folder() {
    return encoded(column, false)
        + "="
        + text.map(value -> encoded(value, isTakenForNone(value))).orElse(NONE);
  }

  /** What a folder's name says; empty when it says nothing of the kind. */
  public static Optional<PartitionValue> ofFolder(String name) {
    int equals = name.indexOf('=');
    if (equals <= 0) {
      return Optional.empty();
    }
    String value = name.substring(equals + 1);
    Optional<String> column = decoded(name.substring(0, equals));
    Optional<String> text = value.equals(NONE) ? Optional.of("") : decoded(value);
    return column.isEmpty() || text.isEmpty()
        ? Optional.empty()
        : Optional.of(new PartitionValue(column.orElseThrow(), text));
  }

  private static boolean isTakenForNone(String value) {
    return value.equals(NONE) || value.equalsIgnoreCase(ALSO_NONE);
  }

  private static String encoded(String text, boolean first) {
    StringBuilder result = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      boolean safe =
          character < 0x80
              && (Character.isLetterOrDigit(character) || SAFE.indexOf(character) >= 0);
      if (safe && !(first && result.isEmpty())) {
        result.append(character);
      } else {
        result.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
      }
    }
    return result.toString();
  }

  private static Optional<String> decoded(String text) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer target = ByteBuffer.allocate(source.length);
    for (int at = 0; at < source.length; at++) {
      if (source[at] != '%') {
        target.put(source[at]);
        continue;
      }
      int high = at + 2 < source.length ? Character.digit(source[at + 1], 16) : -1;
      int low = at + 2 < source.length ? Character.digit(source[at + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      target.put((byte) (high << 4 | low));
      at += 2;
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(target.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
