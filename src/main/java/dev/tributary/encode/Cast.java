package dev.tributary.encode;

import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.job.Failure;
import dev.tributary.job.Output.TimestampUnit;
import java.time.DateTimeException;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Brings the values of one column into another type, each whole or not at all. Keeps nothing
 * between batches, so it may be shared.
 */
final class Cast {

  /** Brings one value over; any of the exceptions caught here says that it has no place. */
  @FunctionalInterface
  interface Step {
    /** Reads the value at a row, which is no null, and writes it at the same row. */
    void take(Cells from, int row, Cells to);
  }

  private final CellText text;
  private final String source;
  private final ColumnType target;
  private final Step step;

  private Cast(CellText text, String source, ColumnType target, Step step) {
    this.text = text;
    this.source = source;
    this.target = target;
    this.step = step;
  }

  /** The cast of a result's column into a type; absent where there is none. */
  static Optional<Cast> between(ArrowType from, ColumnType to) {
    Optional<ColumnType> written = ColumnType.written(from, TimestampUnit.NS);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    ColumnType type = written.orElseThrow();
    CellText text = new CellText(type, from);
    return step(type, text, to)
        .map(step -> new Cast(text, type.isTimestamp() ? "timestamp" : type.text(), to, step));
  }

  private static Optional<Step> step(ColumnType from, CellText text, ColumnType to) {
    if (to.equals(ColumnType.STRING)) {
      return Optional.of((cells, row, out) -> CellBytes.append(text.at(cells, row), row, out));
    }
    if (from.equals(ColumnType.STRING)) {
      return TextSteps.to(to);
    }
    if (to.arrow() instanceof ArrowType.Decimal) {
      return text.exact()
          .map(exact -> (cells, row, out) -> CellBytes.put(exact.at(cells, row), to, row, out));
    }
    if (from.isTimestamp() && to.equals(ColumnType.DATE)) {
      return Optional.of(NumberSteps.midnight(text.nanosPerUnit()));
    }
    return NumberSteps.between(from, to);
  }

  /**
   * Casts a batch.
   *
   * @param from cells of the result's type
   * @param to cells of the target's type, filled here
   * @throws Failure of kind {@code REFUSED} at the first value without a place in the type
   */
  void apply(String column, Cells from, Cells to) throws Failure {
    int rows = from.rows();
    if (from.nulls() == rows) {
      to.beginAbsent(rows);
      return;
    }
    to.begin(rows);
    if (from.nulls() > 0) {
      System.arraycopy(from.presence(), 0, to.presence(), 0, (rows + 63) / Long.SIZE);
      to.absent(from.nulls());
    }
    for (int row = 0; row < rows; row++) {
      if (from.isNull(row)) {
        CellBytes.skip(row, to);
      } else {
        take(column, from, row, to);
      }
    }
    if (to instanceof BytesCells bytes) {
      bytes.hashed();
    }
  }

  private void take(String column, Cells from, int row, Cells to) throws Failure {
    try {
      step.take(from, row, to);
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      throw new Failure(
          Failure.Kind.REFUSED,
          "cannot write column '"
              + column
              + "' as "
              + target.text()
              + ": '"
              + text.at(from, row)
              + "' ("
              + source
              + ") has no exact value of that type; change the query, or the type under 'types'",
          e);
    }
  }
}
