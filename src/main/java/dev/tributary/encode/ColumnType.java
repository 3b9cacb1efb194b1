package dev.tributary.encode;

import dev.tributary.job.Output.TimestampUnit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
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
import org.jspecify.annotations.Nullable;

/**
 * A type of written columns, with its names in the three worlds: in manifests, in Arrow and in
 * Parquet. Every timestamp is an instant, so in UTC; a time of day belongs to no zone.
 *
 * @param text as in manifests, such as {@code decimal(10, 2)}
 * @param arrow in Arrow files, and in the Arrow schema that Parquet files carry
 * @param storage what Parquet stores
 * @param meaning what Parquet says that it means; null where storage says all
 */
record ColumnType(
    String text,
    ArrowType arrow,
    PrimitiveTypeName storage,
    @Nullable LogicalTypeAnnotation meaning) {

  /** Digits that every reader of decimals can take. */
  static final int MAX_PRECISION = 38;

  static final ColumnType STRING =
      new ColumnType(
          "string",
          ArrowType.Utf8.INSTANCE,
          PrimitiveTypeName.BINARY,
          LogicalTypeAnnotation.stringType());
  static final ColumnType BINARY =
      new ColumnType("binary", ArrowType.Binary.INSTANCE, PrimitiveTypeName.BINARY, null);
  static final ColumnType DOUBLE =
      new ColumnType(
          "double", floating(FloatingPointPrecision.DOUBLE), PrimitiveTypeName.DOUBLE, null);
  static final ColumnType FLOAT =
      new ColumnType(
          "float", floating(FloatingPointPrecision.SINGLE), PrimitiveTypeName.FLOAT, null);
  static final ColumnType INT64 =
      new ColumnType("int64", new ArrowType.Int(64, true), PrimitiveTypeName.INT64, null);
  static final ColumnType INT32 =
      new ColumnType("int32", new ArrowType.Int(32, true), PrimitiveTypeName.INT32, null);
  static final ColumnType BOOL =
      new ColumnType("bool", ArrowType.Bool.INSTANCE, PrimitiveTypeName.BOOLEAN, null);
  static final ColumnType DATE =
      new ColumnType(
          "date32",
          new ArrowType.Date(DateUnit.DAY),
          PrimitiveTypeName.INT32,
          LogicalTypeAnnotation.dateType());

  /** All but the decimals, of which there are many. */
  private static final List<ColumnType> PLAIN = plain();

  private static List<ColumnType> plain() {
    List<ColumnType> types =
        new ArrayList<>(List.of(STRING, BINARY, DOUBLE, FLOAT, INT64, INT32, BOOL, DATE));
    types.add(integer(8, true));
    types.add(integer(16, true));
    types.add(integer(8, false));
    types.add(integer(16, false));
    types.add(integer(32, false));
    types.add(integer(64, false));
    for (TimeUnit unit : TimeUnit.values()) {
      if (unit != TimeUnit.SECOND) {
        types.add(timestamp(unit));
        types.add(timeOfDay(unit));
      }
      types.add(duration(unit));
    }
    return List.copyOf(types);
  }

  private static ArrowType floating(FloatingPointPrecision precision) {
    return new ArrowType.FloatingPoint(precision);
  }

  private static ColumnType integer(int bits, boolean signed) {
    return new ColumnType(
        (signed ? "int" : "uint") + bits,
        new ArrowType.Int(bits, signed),
        bits == 64 ? PrimitiveTypeName.INT64 : PrimitiveTypeName.INT32,
        LogicalTypeAnnotation.intType(bits, signed));
  }

  private static ColumnType timestamp(TimeUnit unit) {
    return new ColumnType(
        "timestamp[" + symbol(unit) + ", UTC]",
        new ArrowType.Timestamp(unit, "UTC"),
        PrimitiveTypeName.INT64,
        LogicalTypeAnnotation.timestampType(true, parquet(unit)));
  }

  private static ColumnType timeOfDay(TimeUnit unit) {
    boolean millis = unit == TimeUnit.MILLISECOND;
    return new ColumnType(
        (millis ? "time32[" : "time64[") + symbol(unit) + "]",
        new ArrowType.Time(unit, millis ? Integer.SIZE : Long.SIZE),
        millis ? PrimitiveTypeName.INT32 : PrimitiveTypeName.INT64,
        LogicalTypeAnnotation.timeType(false, parquet(unit)));
  }

  /** Parquet has no such type; readers of the Arrow schema get it back, others see numbers. */
  private static ColumnType duration(TimeUnit unit) {
    return new ColumnType(
        "duration[" + symbol(unit) + "]",
        new ArrowType.Duration(unit),
        PrimitiveTypeName.INT64,
        null);
  }

  /**
   * A decimal, stored in as few bytes as its precision needs.
   *
   * @param precision digits, 1 to {@link #MAX_PRECISION}
   * @param scale those behind the point, 0 to precision
   */
  static ColumnType decimal(int precision, int scale) {
    PrimitiveTypeName storage =
        precision <= 9
            ? PrimitiveTypeName.INT32
            : precision <= 18 ? PrimitiveTypeName.INT64 : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    return new ColumnType(
        "decimal(" + precision + ", " + scale + ")",
        new ArrowType.Decimal(precision, scale, 128),
        storage,
        LogicalTypeAnnotation.decimalType(scale, precision));
  }

  private static String symbol(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> "s";
      case MILLISECOND -> "ms";
      case MICROSECOND -> "us";
      case NANOSECOND -> "ns";
    };
  }

  private static LogicalTypeAnnotation.TimeUnit parquet(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> throw new IllegalArgumentException("Parquet has no seconds");
      case MILLISECOND -> LogicalTypeAnnotation.TimeUnit.MILLIS;
      case MICROSECOND -> LogicalTypeAnnotation.TimeUnit.MICROS;
      case NANOSECOND -> LogicalTypeAnnotation.TimeUnit.NANOS;
    };
  }

  boolean isTimestamp() {
    return arrow instanceof ArrowType.Timestamp;
  }

  /** Whether its cells are bytes, not numbers. */
  boolean isBytes() {
    return storage == PrimitiveTypeName.BINARY || storage == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
  }

  /** Bytes of a value where all are equally long: a decimal of more than 18 digits. */
  int width() {
    int digits = ((ArrowType.Decimal) arrow).getPrecision();
    return (BigInteger.TEN.pow(digits).subtract(BigInteger.ONE).bitLength() + 8) / Byte.SIZE;
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
    return ColumnTypeNames.find(text, PLAIN);
  }

  private static Optional<ColumnType> exactly(ArrowType type) {
    return PLAIN.stream().filter(each -> each.arrow.equals(type)).findFirst();
  }

  private static TimeUnit unit(TimestampUnit unit) {
    return switch (unit) {
      case NS -> TimeUnit.NANOSECOND;
      case US -> TimeUnit.MICROSECOND;
      case MS -> TimeUnit.MILLISECOND;
    };
  }

  /** The type a result's column is written as; absent for what a lake cannot hold. */
  static Optional<ColumnType> written(ArrowType type, TimestampUnit unit) {
    return switch (type.getTypeID()) {
      case Timestamp -> Optional.of(timestamp(unit(unit)));
      case Utf8, LargeUtf8, Utf8View -> Optional.of(STRING);
      case Binary, LargeBinary, BinaryView, FixedSizeBinary -> Optional.of(BINARY);
      case FloatingPoint -> Optional.of(exactly(type).orElse(FLOAT));
      case Date -> Optional.of(DATE);
      case Time -> Optional.of(exactly(type).orElse(timeOfDay(TimeUnit.MILLISECOND)));
      case Decimal -> decimal((ArrowType.Decimal) type);
      case Int, Bool, Duration -> exactly(type);
      default -> Optional.empty();
    };
  }

  private static Optional<ColumnType> decimal(ArrowType.Decimal type) {
    boolean fits =
        type.getPrecision() <= MAX_PRECISION
            && type.getScale() >= 0
            && type.getScale() <= type.getPrecision()
            && type.getBitWidth() >= 128;
    return fits ? Optional.of(decimal(type.getPrecision(), type.getScale())) : Optional.empty();
  }

  /** The type of a column read back from a file; absent for what this program never writes. */
  static Optional<ColumnType> readBack(ArrowType type) {
    if (type instanceof ArrowType.Timestamp timestamp && timestamp.getUnit() != TimeUnit.SECOND) {
      return Optional.of(timestamp(timestamp.getUnit()));
    }
    return written(type, TimestampUnit.US);
  }

  /** The Parquet column. */
  PrimitiveType parquet(String name, boolean nullable) {
    Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    Types.PrimitiveBuilder<PrimitiveType> column = Types.primitive(storage, repetition);
    if (storage == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
      column = column.length(width());
    }
    return (meaning == null ? column : column.as(meaning)).named(name);
  }
}
