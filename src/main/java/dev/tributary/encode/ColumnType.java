package dev.tributary.encode;

import dev.tributary.job.Output.TimestampUnit;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * A type of written columns, with its names in the three worlds: in manifests, in Arrow and in
 * Parquet. Every timestamp is an instant, so in UTC.
 */
enum ColumnType {
  TIMESTAMP_NS("timestamp[ns, UTC]", new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC")),
  TIMESTAMP_US("timestamp[us, UTC]", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")),
  TIMESTAMP_MS("timestamp[ms, UTC]", new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC")),
  STRING("string", ArrowType.Utf8.INSTANCE),
  BINARY("binary", ArrowType.Binary.INSTANCE),
  DOUBLE("double", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
  INT64("int64", new ArrowType.Int(64, true)),
  UINT64("uint64", new ArrowType.Int(64, false)),
  BOOL("bool", ArrowType.Bool.INSTANCE),
  DATE("date32", new ArrowType.Date(DateUnit.DAY));

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // immutable, though nothing says so
  private final ArrowType arrow;

  ColumnType(String text, ArrowType arrow) {
    this.text = text;
    this.arrow = arrow;
  }

  /** As in manifests. */
  String text() {
    return text;
  }

  ArrowType arrow() {
    return arrow;
  }

  boolean isTimestamp() {
    return arrow instanceof ArrowType.Timestamp;
  }

  /** Nanoseconds in one unit of a timestamp type. */
  long nanosPerUnit() {
    return nanosPer(((ArrowType.Timestamp) arrow).getUnit());
  }

  static long nanosPer(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1_000_000_000L;
      case MILLISECOND -> 1_000_000L;
      case MICROSECOND -> 1_000L;
      case NANOSECOND -> 1L;
    };
  }

  /** The type recorded under a name; absent if only a newer version of this program has it. */
  static Optional<ColumnType> named(String text) {
    for (ColumnType type : values()) {
      if (type.text.equals(text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static ColumnType timestamp(TimestampUnit unit) {
    return switch (unit) {
      case NS -> TIMESTAMP_NS;
      case US -> TIMESTAMP_US;
      case MS -> TIMESTAMP_MS;
    };
  }

  /** The type a result's column is written as; absent for what a lake cannot hold. */
  static Optional<ColumnType> written(ArrowType type, TimestampUnit unit) {
    return switch (type.getTypeID()) {
      case Timestamp -> Optional.of(timestamp(unit));
      case Utf8, LargeUtf8, Utf8View -> Optional.of(STRING);
      case Binary, LargeBinary, BinaryView -> Optional.of(BINARY);
      case FloatingPoint ->
          ((ArrowType.FloatingPoint) type).getPrecision() == FloatingPointPrecision.HALF
              ? Optional.empty()
              : Optional.of(DOUBLE);
      case Int -> Optional.of(type.equals(UINT64.arrow) ? UINT64 : INT64);
      case Bool -> Optional.of(BOOL);
      case Date ->
          ((ArrowType.Date) type).getUnit() == DateUnit.DAY ? Optional.of(DATE) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The type of a column read back from a file; absent for what this program never writes. */
  static Optional<ColumnType> readBack(ArrowType type) {
    if (type instanceof ArrowType.Timestamp timestamp) {
      for (ColumnType each : values()) {
        if (each.isTimestamp() && each.nanosPerUnit() == nanosPer(timestamp.getUnit())) {
          return Optional.of(each);
        }
      }
    }
    return written(type, TimestampUnit.US);
  }

  /** The Parquet column. */
  PrimitiveType parquet(String name, boolean nullable) {
    Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return switch (this) {
      case TIMESTAMP_NS -> timestamp(repetition, LogicalTypeAnnotation.TimeUnit.NANOS, name);
      case TIMESTAMP_US -> timestamp(repetition, LogicalTypeAnnotation.TimeUnit.MICROS, name);
      case TIMESTAMP_MS -> timestamp(repetition, LogicalTypeAnnotation.TimeUnit.MILLIS, name);
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case BINARY -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      case INT64 -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
      case UINT64 ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(LogicalTypeAnnotation.intType(64, false))
              .named(name);
      case BOOL -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case DATE ->
          Types.primitive(PrimitiveTypeName.INT32, repetition)
              .as(LogicalTypeAnnotation.dateType())
              .named(name);
    };
  }

  private static PrimitiveType timestamp(
      Repetition repetition, LogicalTypeAnnotation.TimeUnit unit, String name) {
    return Types.primitive(PrimitiveTypeName.INT64, repetition)
        .as(LogicalTypeAnnotation.timestampType(true, unit))
        .named(name);
  }
}
