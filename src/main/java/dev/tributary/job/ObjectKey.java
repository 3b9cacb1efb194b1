package dev.tributary.job;

/**
 * Where an object lies below a destination's prefix: segments joined by {@code /}, without a
 * leading or trailing slash, without empty, {@code .} or {@code ..} segments, so a key can never
 * leave the prefix. Ordered as object stores list: by UTF-16 code unit.
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

  /**
   * @throws IllegalArgumentException if a segment is empty, {@code .} or {@code ..}, or a control
   *     character occurs
   */
  public ObjectKey {
    for (String segment : value.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("not a key below a prefix: '" + value + "'");
      }
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("control character in key: '" + value + "'");
    }
  }

  /** The key {@code segment} below this one. */
  public ObjectKey resolve(String segment) {
    return new ObjectKey(value + "/" + segment);
  }

  /** The part after the last slash. */
  public String fileName() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
