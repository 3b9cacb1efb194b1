package dev.tributary.query;

import dev.tributary.job.Failure;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Holds the rows of a piece to its bounds: a row outside them may be there once more in the piece
 * that it belongs to.
 */
final class PieceTimes {

  private PieceTimes() {}

  /**
   * Looks at the time of every row of a batch.
   *
   * @throws Failure of kind {@code REFUSED} if one lies outside the piece
   */
  static void hold(
      VectorSchemaRoot batch,
      Optional<String> timeColumn,
      Window piece,
      BatchSource.Request request)
      throws Failure {
    if (timeColumn.isEmpty()) {
      return;
    }
    for (FieldVector vector : batch.getFieldVectors()) {
      if (vector.getName().equalsIgnoreCase(timeColumn.orElseThrow())
          && vector instanceof TimeStampVector times) {
        hold(times, piece, request);
      }
    }
  }

  private static void hold(TimeStampVector times, Window piece, BatchSource.Request request)
      throws Failure {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int row = 0; row < times.getValueCount(); row++) {
      if (!times.isNull(row)) {
        first = Math.min(first, times.get(row));
        last = Math.max(last, times.get(row));
      }
    }
    if (first > last) {
      return;
    }
    Instant from = StreamTimes.instant(times, first);
    Instant to = StreamTimes.instant(times, last);
    if (!piece.contains(from) || !piece.contains(to)) {
      throw new Failure(
          Failure.Kind.REFUSED,
          "cannot join the pieces of window "
              + request.window()
              + ": rows of "
              + piece
              + " reach from "
              + from
              + " to "
              + to
              + "; bound the query by time >= $start AND time < $end, with a bin that is the one"
              + " in the query or in 'window.bin'");
    }
  }
}
