package dev.tributary.encode;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds column types by the names that operators and manifests give them. */
final class ColumnTypeNames {

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}), ?(\\d{1,2})\\)");

  private ColumnTypeNames() {}

  static Optional<ColumnType> find(String text, List<ColumnType> known) {
    for (ColumnType type : known) {
      if (type.text().equals(text)) {
        return Optional.of(type);
      }
    }
    Matcher decimal = DECIMAL.matcher(text);
    if (!decimal.matches()) {
      return Optional.empty();
    }
    int precision = Integer.parseInt(decimal.group(1));
    int scale = Integer.parseInt(decimal.group(2));
    return precision >= 1 && precision <= ColumnType.MAX_PRECISION && scale <= precision
        ? Optional.of(ColumnType.decimal(precision, scale))
        : Optional.empty();
  }
}
