package dev.tributary.sandbox.table;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One measurement: its columns and its points, one row each. Points of the same series and time are
 * one row already: of each field the last value that is not null. Rows are sorted by the values of
 * the tags (tags in the order of their names, a missing one first), then by time.
 *
 * <p>Immutable, so safe to share between threads.
 */
public final class Table {

  /**
   * Name and kind of a column.
   *
   * @param name as in the line protocol; the time's is {@code time}
   * @param kind what its values are
   */
  public record Column(String name, ColumnKind kind) {}

  private final String name;
  private final List<Column> columns;
  private final List<Cells> cells;
  private final Cells times;
  private final int rows;

  /** Cells are in the order of the columns, each with a value or a null for every row. */
  public Table(String name, List<Column> columns, List<Cells> cells, int rows) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.cells = List.copyOf(cells);
    this.times = cells.get(indexOf("time").orElseThrow());
    this.rows = rows;
  }

  /** The measurement's name. */
  public String name() {
    return name;
  }

  /** All columns, {@code time} among them, sorted by name. */
  public List<Column> columns() {
    return columns;
  }

  /** The position of a column in {@link #columns}, by its exact name. */
  public OptionalInt indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** How many points there are. */
  public int rows() {
    return rows;
  }

  /** The time of a row in nanoseconds since 1970. */
  public long time(int row) {
    return times.bits(row);
  }

  /**
   * A value: {@code String} for tags and strings, {@code Long} for the time, integers and unsigned
   * integers, {@code Double} for floats, {@code Boolean} for booleans; null where the point has
   * none.
   */
  public @Nullable Object value(int row, int column) {
    Cells source = cells.get(column);
    if (!source.has(row)) {
      return null;
    }
    return switch (columns.get(column).kind()) {
      case TAG, STRING -> source.text(row);
      case TIME, INTEGER, UINTEGER -> source.bits(row);
      case FLOAT -> Double.longBitsToDouble(source.bits(row));
      case BOOLEAN -> source.bits(row) != 0;
    };
  }

  /** The storage of a column, for bulk copies. */
  public Cells cells(int column) {
    return cells.get(column);
  }
}
