package dev.tributary.encode;

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
   * The cells of a vector in the unit of a type.
   *
   * @throws Failure if a value is out of the unit's range, or has digits that must not be cut
   */
  Cells.NumberAt converted(TimeStampVector vector, ColumnType type) throws Failure {
    long from = unitOf(vector);
    long to = type.nanosPerUnit();
    if (from == to) {
      return vector::get;
    }
    if (from > to) {
      long factor = from / to;
      check(vector, type, factor);
      return row -> vector.get(row) * factor;
    }
    long divisor = to / from;
    count(vector, divisor);
    return row -> Math.floorDiv(vector.get(row), divisor);
  }

  private static void check(TimeStampVector vector, ColumnType type, long factor) throws Failure {
    for (int row = 0; row < vector.getValueCount(); row++) {
      if (!vector.isNull(row)
          && (vector.get(row) > Long.MAX_VALUE / factor
              || vector.get(row) < Long.MIN_VALUE / factor)) {
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
    }
  }

  private void count(TimeStampVector vector, long divisor) throws Failure {
    for (int row = 0; row < vector.getValueCount(); row++) {
      if (!vector.isNull(row) && vector.get(row) % divisor != 0) {
        truncated++;
        if (loss == TimestampLoss.FAIL) {
          throw new Failure(
              Failure.Kind.REFUSED,
              "cannot write column '"
                  + vector.getName()
                  + "': "
                  + instant(vector, row)
                  + " has digits below the written unit; choose a finer unit under 'timestamps', or"
                  + " 'loss: count'");
        }
      }
    }
  }

  /** The instant at a row, at the vector's own precision. */
  static Instant instant(TimeStampVector vector, int row) {
    long unit = unitOf(vector);
    long value = vector.get(row);
    long perSecond = NANOS_PER_SECOND / unit;
    return Instant.ofEpochSecond(
        Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * unit);
  }

  private static long unitOf(TimeStampVector vector) {
    return ColumnType.nanosPer(((ArrowType.Timestamp) vector.getField().getType()).getUnit());
  }
}
