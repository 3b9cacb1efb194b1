package dev.tributary.encode;

import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Holds rows to the order that a job claims under {@code sort}: ascending, nulls last, strings by
 * their bytes, floating-point numbers in IEEE 754's total order; what {@code ORDER BY} gives in
 * DataFusion. Looks at each row once, as it will be written, and keeps none but the last. Confined
 * to one thread.
 */
final class RowOrder {

  private final Attempt attempt;
  private final List<String> claimed;
  private final List<Key> keys = new ArrayList<>();
  private long seen;

  /**
   * The order of a file's rows.
   *
   * @param columns of the file
   * @param cells of each column
   * @throws Failure of kind {@code REFUSED} if a column is missing that is no folder either, or has
   *     no order
   */
  RowOrder(Output output, List<WrittenColumn> columns, List<Cells> cells, Attempt attempt)
      throws Failure {
    this.attempt = attempt;
    this.claimed = output.sort();
    for (int place : places(output, columns)) {
      WrittenColumn column = columns.get(place);
      keys.add(key(column.name(), column.type(), cells.get(place)));
    }
  }

  /** An order of rows that are read back. */
  RowOrder(List<String> columns, List<ColumnType> types, List<Cells> cells, Attempt attempt)
      throws Failure {
    this.attempt = attempt;
    this.claimed = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      keys.add(key(columns.get(i), types.get(i), cells.get(i)));
    }
  }

  /** Where the file has the columns it is sorted by; what folders stand for is left out. */
  static List<Integer> places(Output output, List<WrittenColumn> columns) throws Failure {
    List<String> names = columns.stream().map(WrittenColumn::name).toList();
    List<Integer> places = new ArrayList<>();
    for (String name : output.sort()) {
      if (names.contains(name)) {
        places.add(names.indexOf(name));
      } else if (!output.partitionBy().contains(name)) {
        throw refused(name, "there is no such column, only '" + String.join("', '", names) + "'");
      }
    }
    return places;
  }

  private static Key key(String name, ColumnType column, Cells cells) throws Failure {
    ArrowType type = column.arrow();
    if (cells instanceof LongCells longs) {
      if (column.equals(ColumnType.DOUBLE)) {
        return new LongKey(longs, RowOrder::floating);
      }
      if (column.equals(ColumnType.FLOAT)) {
        return new LongKey(longs, bits -> floating(bits << Integer.SIZE));
      }
      boolean unsigned = type instanceof ArrowType.Int whole && !whole.getIsSigned();
      return new LongKey(
          longs, unsigned ? value -> value ^ Long.MIN_VALUE : LongUnaryOperator.identity());
    }
    if (type instanceof ArrowType.Decimal) {
      throw refused(name, "it is a " + column.text() + "; cast it to fewer digits");
    }
    return new BytesKey((BytesCells) cells);
  }

  /** Raw bits as a number in the order of what they stand for. */
  private static long floating(long bits) {
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /**
   * Looks at the rows that the cells hold now.
   *
   * @throws Failure of kind {@code REFUSED}, with its number, at the first row that should stand
   *     before the one above it
   */
  void check(int rows) throws Failure {
    OptionalLong wrong = misplaced(rows);
    if (wrong.isPresent()) {
      throw disordered(wrong.getAsLong());
    }
  }

  /** The first row, counted from 0 over all batches, that should stand before the one above it. */
  OptionalLong misplaced(int rows) {
    if (keys.isEmpty() || rows == 0) {
      return OptionalLong.empty();
    }
    if (seen > 0 && isBefore(0)) {
      return OptionalLong.of(seen);
    }
    for (int row = 1; row < rows; row++) {
      if (isBefore(row)) {
        return OptionalLong.of(seen + row);
      }
    }
    seen += rows;
    keys.forEach(key -> key.keep(rows - 1));
    return OptionalLong.empty();
  }

  /** Whether a row sorts before the one above it. */
  private boolean isBefore(int row) {
    for (Key key : keys) {
      int step = row == 0 ? key.stepIn() : key.step(row);
      if (step != 0) {
        return step > 0;
      }
    }
    return false;
  }

  private Failure disordered(long row) {
    String order = String.join(", ", claimed);
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot write window "
            + attempt.window()
            + " of job '"
            + attempt.job()
            + "': row "
            + (row + 1)
            + " of the result sorts before the row above it, and 'sort' claims the order "
            + order
            + "; end the query with ORDER BY "
            + order
            + ", or leave 'sort' out");
  }

  private static Failure refused(String column, String why) {
    return new Failure(Failure.Kind.REFUSED, "cannot keep rows sorted by '" + column + "': " + why);
  }

  /** A column of the order; its comparisons are those of the row above with a row. */
  private interface Key {

    /** Compares row {@code row - 1} with a row. */
    int step(int row);

    /** Compares the row kept with the first one. */
    int stepIn();

    /** Keeps a row for the next batch. */
    void keep(int row);
  }

  private static final class LongKey implements Key {
    private final LongCells cells;
    private final LongUnaryOperator ordered;
    private boolean lastIsNull;
    private long last;

    LongKey(LongCells cells, LongUnaryOperator ordered) {
      this.cells = cells;
      this.ordered = ordered;
    }

    @Override
    public int step(int row) {
      return compare(cells.isNull(row - 1), ordered(row - 1), row);
    }

    @Override
    public int stepIn() {
      return compare(lastIsNull, last, 0);
    }

    private int compare(boolean aboveIsNull, long above, int row) {
      boolean isNull = cells.isNull(row);
      return aboveIsNull || isNull
          ? Boolean.compare(aboveIsNull, isNull)
          : Long.compare(above, ordered(row));
    }

    private long ordered(int row) {
      return ordered.applyAsLong(cells.values()[row]);
    }

    @Override
    public void keep(int row) {
      lastIsNull = cells.isNull(row);
      last = ordered(row);
    }
  }

  private static final class BytesKey implements Key {
    private final BytesCells cells;
    private boolean lastIsNull;
    private byte[] last = new byte[0];

    BytesKey(BytesCells cells) {
      this.cells = cells;
    }

    @Override
    public int step(int row) {
      int[] offsets = cells.offsets();
      return compare(cells.isNull(row - 1), cells.data(), offsets[row - 1], offsets[row], row);
    }

    @Override
    public int stepIn() {
      return compare(lastIsNull, last, 0, last.length, 0);
    }

    private int compare(boolean aboveIsNull, byte[] above, int from, int to, int row) {
      boolean isNull = cells.isNull(row);
      if (aboveIsNull || isNull) {
        return Boolean.compare(aboveIsNull, isNull);
      }
      int[] offsets = cells.offsets();
      return Arrays.compareUnsigned(above, from, to, cells.data(), offsets[row], offsets[row + 1]);
    }

    @Override
    public void keep(int row) {
      lastIsNull = cells.isNull(row);
      last = cells.bytes(row);
    }
  }
}
