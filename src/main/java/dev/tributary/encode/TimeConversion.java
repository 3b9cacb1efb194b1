package dev.tributary.encode;

import dev.tributary.encode.page.LongCells;
import dev.tributary.job.Failure;
import dev.tributary.job.Output.TimestampLoss;
import java.time.Instant;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Brings timestamps into the written unit, towards the past where digits are cut, and counts those.
 * Confined to one thread.
 */
final class TimeConversion {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final TimestampLoss loss;
  private long truncated;

  TimeConversion(TimestampLoss loss) {
    this.loss = loss;
  }

  /** Timestamps whose digits were cut so far. */
  long truncated() {
    return truncated;
  }

  /**
   * Converts cells that hold a vector's values as they are.
   *
   * @throws Failure if a value is out of the unit's range, or has digits that must not be cut
   */
  void convert(TimeStampVector vector, LongCells cells, ColumnType type) throws Failure {
    long from = unitOf(vector);
    long to = type.nanosPerUnit();
    if (from > to) {
      multiply(vector, cells, type, from / to);
    } else if (from < to) {
      long before = truncated;
      truncated += divide(cells, to / from);
      if (truncated > before && loss == TimestampLoss.FAIL) {
        throw digitsBelow(vector, to / from);
      }
    }
  }

  private static void multiply(
      TimeStampVector vector, LongCells cells, ColumnType type, long factor) throws Failure {
    long[] values = cells.values();
    long most = Long.MAX_VALUE / factor;
    for (int row = 0; row < cells.rows(); row++) {
      if ((values[row] > most || values[row] < -most) && !cells.isNull(row)) {
        throw new Failure(
            Failure.Kind.REFUSED,
            "cannot write column '"
                + vector.getName()
                + "' as "
                + type.text()
                + ": "
                + instant(vector, row)
                + " is out of its range; choose another unit under 'timestamps'");
      }
      values[row] *= factor;
    }
  }

  /** Divides by one of the factors between units; each is a constant that needs no division. */
  private static long divide(LongCells cells, long divisor) {
    long[] values = cells.values();
    long cut = 0;
    for (int row = 0; row < cells.rows(); row++) {
      long value = values[row];
      long quotient =
          divisor == 1_000L
              ? Math.floorDiv(value, 1_000L)
              : divisor == 1_000_000L ? Math.floorDiv(value, 1_000_000L) : floor(value, divisor);
      if (quotient * divisor != value && !cells.isNull(row)) {
        cut++;
      }
      values[row] = quotient;
    }
    return cut;
  }

  private static long floor(long value, long divisor) {
    return Math.floorDiv(value, divisor);
  }

  private static Failure digitsBelow(TimeStampVector vector, long divisor) {
    int row = 0;
    while (vector.isNull(row) || vector.get(row) % divisor == 0) {
      row++;
    }
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot write column '"
            + vector.getName()
            + "': "
            + instant(vector, row)
            + " has digits below the written unit; choose a finer unit under 'timestamps', or"
            + " 'loss: count'");
  }

  /** The instant at a row, at the vector's own precision. */
  static Instant instant(TimeStampVector vector, int row) {
    return instant(vector.get(row), unitOf(vector));
  }

  /** The instant of a number of units since 1970. */
  static Instant instant(long value, long unitNanos) {
    long perSecond = NANOS_PER_SECOND / unitNanos;
    return Instant.ofEpochSecond(
        Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * unitNanos);
  }

  static long unitOf(TimeStampVector vector) {
    return ColumnType.nanosPer(((ArrowType.Timestamp) vector.getField().getType()).getUnit());
  }
}
