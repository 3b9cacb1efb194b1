package dev.tributary.definition;

import java.util.List;
import java.util.Locale;

/** Reads sizes in bytes as operators write them: one whole number and a binary unit. */
final class SizeText {

  private static final String FORM =
      "write one whole number and one of B, KiB, MiB, GiB, TiB, such as '64MiB'";

  private SizeText() {}

  /**
   * Reads {@code 64MiB}, {@code 512B}, {@code 2GiB} as bytes; decimal units are refused, for half
   * the world means binary ones by them.
   *
   * @param text without surrounding white space
   */
  static Parsed<Long> parse(String text) {
    NumberAndUnit read = NumberAndUnit.of(text);
    if (read.digits().isEmpty()) {
      return Parsed.refused(0, text.length(), "'" + text + "' is not a size; " + FORM);
    }
    if (read.unit().isEmpty()) {
      return Parsed.refused(text.length(), 0, "size '" + text + "' has no unit; " + FORM);
    }
    int power = power(read.unit());
    if (power < 0) {
      return Parsed.refused(
          read.digits().length(),
          read.unit().length(),
          "'" + read.unit().strip() + "' is not a unit of sizes" + hint(read));
    }
    if (read.digits().length() > 18
        || Long.parseLong(read.digits()) > Long.MAX_VALUE >> (10 * power)) {
      return Parsed.refused(0, text.length(), "size '" + text + "' is too large");
    }
    return Parsed.of(Long.parseLong(read.digits()) << (10 * power));
  }

  /** A size with the largest unit that leaves it whole. */
  static String of(long bytes) {
    List<String> units = List.of("B", "KiB", "MiB", "GiB", "TiB");
    int power = bytes == 0 ? 0 : Math.min(units.size() - 1, Long.numberOfTrailingZeros(bytes) / 10);
    return (bytes >> (10 * power)) + units.get(power);
  }

  private static int power(String unit) {
    return switch (unit) {
      case "B" -> 0;
      case "KiB" -> 1;
      case "MiB" -> 2;
      case "GiB" -> 3;
      case "TiB" -> 4;
      default -> -1;
    };
  }

  private static String hint(NumberAndUnit read) {
    String known =
        switch (read.unit().strip().toLowerCase(Locale.ROOT)) {
          case "b", "byte", "bytes" -> "B";
          case "k", "kb", "ki", "kib" -> "KiB";
          case "m", "mb", "mi", "mib" -> "MiB";
          case "g", "gb", "gi", "gib" -> "GiB";
          case "t", "tb", "ti", "tib" -> "TiB";
          default -> "";
        };
    return known.isEmpty() ? "; " + FORM : "; did you mean '" + read.digits() + known + "'?";
  }
}
