package dev.tributary.sandbox.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gathers points of one measurement in any order and merges those of the same series and time. */
public final class TableBuilder {

  private static final String TIME = "time";

  private final String name;
  private final SortedMap<String, ColumnKind> kinds = new TreeMap<>();
  private final Map<String, Cells> cells = new HashMap<>();
  private int rows;

  public TableBuilder(String name) {
    this.name = name;
    kinds.put(TIME, ColumnKind.TIME);
    cells.put(TIME, Cells.of(ColumnKind.TIME));
  }

  /** Begins with the points of a table; later ones win over them. */
  public static TableBuilder from(Table table) {
    TableBuilder builder = new TableBuilder(table.name());
    for (int column = 0; column < table.columns().size(); column++) {
      Table.Column known = table.columns().get(column);
      Cells copy = Cells.of(known.kind());
      for (int row = 0; row < table.rows(); row++) {
        copy.copy(row, table.cells(column), row);
      }
      builder.kinds.put(known.name(), known.kind());
      builder.cells.put(known.name(), copy);
    }
    builder.rows = table.rows();
    return builder;
  }

  /** Begins a point; the setters below then add to it. */
  public void point(long nanoseconds) {
    column(TIME).set(rows, nanoseconds);
    rows++;
  }

  /** The kind that a column of this name has had in earlier points. */
  public Optional<ColumnKind> kindOf(String column) {
    return Optional.ofNullable(kinds.get(column));
  }

  public void text(String column, ColumnKind kind, String value) {
    declare(column, kind).set(rows - 1, value);
  }

  public void bits(String column, ColumnKind kind, long value) {
    declare(column, kind).set(rows - 1, value);
  }

  private Cells declare(String column, ColumnKind kind) {
    kinds.putIfAbsent(column, kind);
    return cells.computeIfAbsent(column, absent -> Cells.of(kind));
  }

  private Cells column(String column) {
    return Objects.requireNonNull(cells.get(column));
  }

  public Table build() {
    List<Cells> tags =
        kinds.entrySet().stream()
            .filter(column -> column.getValue() == ColumnKind.TAG)
            .map(column -> column(column.getKey()))
            .toList();
    Comparator<Integer> byPoint = (a, b) -> compare(tags, a, b);
    int[] order =
        IntStream.range(0, rows)
            .boxed()
            .sorted(byPoint.thenComparing(Comparator.naturalOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] target = new int[rows];
    int merged = 0;
    for (int i = 0; i < rows; i++) {
      if (i > 0 && compare(tags, order[i - 1], order[i]) != 0) {
        merged++;
      }
      target[i] = merged;
    }
    List<Table.Column> columns = new ArrayList<>();
    List<Cells> sorted = new ArrayList<>();
    kinds.forEach(
        (column, kind) -> {
          Cells copy = Cells.of(kind);
          for (int i = 0; i < rows; i++) {
            copy.copy(target[i], column(column), order[i]);
          }
          columns.add(new Table.Column(column, kind));
          sorted.add(copy);
        });
    return new Table(name, columns, sorted, rows == 0 ? 0 : merged + 1);
  }

  private int compare(List<Cells> tags, int a, int b) {
    for (Cells tag : tags) {
      int difference = compare(textOf(tag, a), textOf(tag, b));
      if (difference != 0) {
        return difference;
      }
    }
    Cells times = column(TIME);
    return Long.compare(times.bits(a), times.bits(b));
  }

  @SuppressWarnings("ReferenceEquality") // a shortcut: most neighbours are of the same series
  private static int compare(@Nullable String a, @Nullable String b) {
    if (a == b) {
      return 0;
    }
    if (a == null) {
      return -1;
    }
    return b == null ? 1 : a.compareTo(b);
  }

  private static @Nullable String textOf(Cells tag, int row) {
    return tag.has(row) ? tag.text(row) : null;
  }
}
