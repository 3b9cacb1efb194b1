package dev.tributary.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Reads the times of an answer by the unit that its column declares. */
final class StreamTimes {

  private StreamTimes() {}

  /** The instant that a value of the column stands for. */
  static Instant instant(TimeStampVector column, long value) {
    return switch (((ArrowType.Timestamp) column.getField().getType()).getUnit()) {
      case SECOND -> Instant.ofEpochSecond(value);
      case MILLISECOND -> Instant.ofEpochMilli(value);
      case MICROSECOND -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
      case NANOSECOND -> Instant.EPOCH.plusNanos(value);
    };
  }
}
