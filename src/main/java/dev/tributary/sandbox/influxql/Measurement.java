package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.table.ColumnKind;
import dev.tributary.sandbox.table.Table;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as a query sees it: columns by name. Unsigned integers are {@code BigInteger} here, so
 * that a value tells by itself what it is.
 */
final class Measurement {

  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

  private final Table table;
  private final Map<String, Integer> columns = new HashMap<>();

  Measurement(Table table) {
    this.table = table;
    for (int i = 0; i < table.columns().size(); i++) {
      columns.put(table.columns().get(i).name(), i);
    }
  }

  String name() {
    return table.name();
  }

  int rows() {
    return table.rows();
  }

  long time(int row) {
    return table.time(row);
  }

  /** Names of all columns but the time. */
  List<String> names() {
    return table.columns().stream()
        .filter(column -> column.kind() != ColumnKind.TIME)
        .map(Table.Column::name)
        .toList();
  }

  /** Names of the tags, sorted. */
  List<String> tags() {
    return names().stream().filter(this::hasTag).sorted(Comparator.naturalOrder()).toList();
  }

  Optional<ColumnKind> kind(String column) {
    return Optional.ofNullable(columns.get(column)).map(i -> table.columns().get(i).kind());
  }

  boolean hasTag(String column) {
    return kind(column).filter(kind -> kind == ColumnKind.TAG).isPresent();
  }

  boolean hasField(String column) {
    return kind(column)
        .filter(kind -> kind != ColumnKind.TAG && kind != ColumnKind.TIME)
        .isPresent();
  }

  /** A value; null where the point has none, or where there is no such column. */
  @Nullable Object value(int row, String column) {
    Integer index = columns.get(column);
    if (index == null) {
      return null;
    }
    Object value = table.value(row, index);
    return value instanceof Long bits && table.columns().get(index).kind() == ColumnKind.UINTEGER
        ? unsigned(bits)
        : value;
  }

  /** The value of a tag; null for anything else. */
  @Nullable String tag(int row, String column) {
    return hasTag(column) && value(row, column) instanceof String text ? text : null;
  }

  private static BigInteger unsigned(long bits) {
    BigInteger value = BigInteger.valueOf(bits);
    return bits < 0 ? value.add(WORD) : value;
  }
}
