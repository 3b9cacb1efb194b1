package dev.tributary.encode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Columns of random types, whose values are sorted, repeated, rare or wild, as a seed has it. */
final class RandomRows {

  /** Timestamps that every reader can hold in nanoseconds, and in microseconds. */
  private static final long NANO_SECONDS = 9_000_000_000L;

  private static final long MICRO_SECONDS = 9_000_000_000_000L;

  private static final long[] EXTREMES = {
    0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 127, -128
  };
  private static final double[] EXTREME_DOUBLES = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE
  };

  private final List<Column> columns = new ArrayList<>();
  private final boolean fineTimes;
  private long row;

  /**
   * Draws the columns.
   *
   * @param fineTimes whether timestamps must fit into nanoseconds
   * @param longTexts whether some strings are longer than a page is meant to be
   */
  RandomRows(SplittableRandom random, int count, boolean fineTimes, boolean longTexts) {
    this.fineTimes = fineTimes;
    for (int i = 0; i < count; i++) {
      ArrowType type = type(random);
      double nulls = new double[] {0, 0, 0.1, 0.5, 0.99, 1}[random.nextInt(6)];
      boolean nullable = nulls > 0 || random.nextBoolean();
      columns.add(
          new Column(
              new Field("c" + i, new FieldType(nullable, type, null), List.of()),
              nulls,
              new int[] {1, 2, 10, 300, 5_000, 100_000}[random.nextInt(6)],
              any(Order.values(), random),
              random.nextInt(4),
              longTexts && random.nextInt(3) == 0,
              random.nextLong()));
    }
  }

  private enum Order {
    SHUFFLED,
    SORTED,
    RUNS
  }

  private record Column(
      Field field,
      double nulls,
      int distinct,
      Order order,
      int style,
      boolean longTexts,
      long seed) {}

  Schema schema() {
    return new Schema(columns.stream().map(Column::field).toList());
  }

  static <T> T any(T[] choices, SplittableRandom random) {
    return choices[random.nextInt(choices.length)];
  }

  private static ArrowType type(SplittableRandom random) {
    TimeUnit unit = any(TimeUnit.values(), random);
    int precision = 1 + random.nextInt(38);
    return switch (random.nextInt(18)) {
      case 0 -> ArrowType.Utf8.INSTANCE;
      case 1 -> ArrowType.LargeUtf8.INSTANCE;
      case 2 -> ArrowType.Utf8View.INSTANCE;
      case 3 -> ArrowType.Binary.INSTANCE;
      case 4 -> ArrowType.LargeBinary.INSTANCE;
      case 5 -> ArrowType.BinaryView.INSTANCE;
      case 6 -> new ArrowType.FixedSizeBinary(1 + random.nextInt(20));
      case 7 -> new ArrowType.Date(any(DateUnit.values(), random));
      case 8 ->
          new ArrowType.Time(
              unit, unit == TimeUnit.SECOND || unit == TimeUnit.MILLISECOND ? 32 : 64);
      case 9 -> new ArrowType.Duration(unit);
      case 10 -> new ArrowType.Decimal(precision, random.nextInt(precision + 1), 128);
      case 11 -> new ArrowType.Decimal(precision, random.nextInt(precision + 1), 256);
      case 12 -> ArrowType.Bool.INSTANCE;
      case 13, 14 -> new ArrowType.Timestamp(unit, random.nextBoolean() ? null : "Europe/Berlin");
      case 15 -> new ArrowType.FloatingPoint(any(FloatingPointPrecision.values(), random));
      case 16 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      default -> new ArrowType.Int(8 << random.nextInt(4), random.nextBoolean());
    };
  }

  /** The next rows as a batch, which is the caller's. */
  VectorSchemaRoot batch(int rows, SplittableRandom random, BufferAllocator memory) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema(), memory);
    for (int i = 0; i < columns.size(); i++) {
      FieldVector vector = root.getVector(i);
      vector.setInitialCapacity(Math.max(rows, 1));
      vector.allocateNew();
      for (int at = 0; at < rows; at++) {
        Column column = columns.get(i);
        if (random.nextDouble() >= column.nulls()) {
          set(vector, at, column, key(column, row + at, random));
        }
      }
      vector.setValueCount(rows);
    }
    root.setRowCount(rows);
    row += rows;
    return root;
  }

  private static long key(Column column, long row, SplittableRandom random) {
    return switch (column.order()) {
      case SHUFFLED -> random.nextInt(column.distinct());
      case SORTED -> Math.min(row, column.distinct());
      case RUNS -> row / 37 % column.distinct();
    };
  }

  /** A column's value for a key: always the same one. */
  private void set(FieldVector vector, int row, Column column, long key) {
    SplittableRandom random = new SplittableRandom(column.seed() + key);
    if (vector instanceof VariableWidthFieldVector bytes) {
      bytes.setSafe(row, text(column, key, random).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof FixedSizeBinaryVector fixed) {
      byte[] value = new byte[fixed.getByteWidth()];
      random.nextBytes(value);
      fixed.setSafe(row, value);
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, random.nextInt(2));
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(row, decimal((ArrowType.Decimal) column.field().getType(), random));
    } else if (vector instanceof Decimal256Vector decimals) {
      decimals.setSafe(row, decimal((ArrowType.Decimal) column.field().getType(), random));
    } else {
      number((BaseFixedWidthVector) vector, row, number(column, key, random));
    }
  }

  private static String text(Column column, long key, SplittableRandom random) {
    if (column.longTexts() && random.nextInt(40) == 0) {
      return ("long " + key + " ").repeat(1 + random.nextInt(200_000));
    }
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> "Küche 🏠 " + key;
      case 2 -> "\u0000\n" + key;
      case 3 ->
          "the same beginning, far longer than what a page index keeps of a value, ".repeat(2)
              + key;
      default -> "room " + key;
    };
  }

  private static BigDecimal decimal(ArrowType.Decimal type, SplittableRandom random) {
    BigInteger bound = BigInteger.TEN.pow(type.getPrecision());
    byte[] bytes = new byte[1 + random.nextInt(17)];
    random.nextBytes(bytes);
    BigInteger unscaled =
        random.nextInt(8) == 0
            ? bound.subtract(BigInteger.ONE)
            : new BigInteger(bytes).remainder(bound);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.getScale());
  }

  private long number(Column column, long key, SplittableRandom random) {
    ArrowType type = column.field().getType();
    if (type instanceof ArrowType.FloatingPoint floating) {
      return floating(floating, column.style(), key, random);
    }
    long value =
        switch (column.style()) {
          case 0 -> key;
          case 1 -> random.nextLong();
          case 2 -> 1_700_000_000L + key * 10;
          default -> EXTREMES[random.nextInt(EXTREMES.length)];
        };
    if (type instanceof ArrowType.Timestamp time) {
      return value % (seconds(time) * (1_000_000_000L / ColumnType.nanosPer(time.getUnit())));
    }
    if (type instanceof ArrowType.Time time) {
      return Math.floorMod(value, 86_400 * (1_000_000_000L / ColumnType.nanosPer(time.getUnit())));
    }
    if (type instanceof ArrowType.Date date) {
      long days = value % 2_000_000_000L;
      return date.getUnit() == DateUnit.DAY ? days : days * 86_400_000L;
    }
    return value;
  }

  private long seconds(ArrowType.Timestamp time) {
    return fineTimes || time.getUnit() == TimeUnit.NANOSECOND ? NANO_SECONDS : MICRO_SECONDS;
  }

  private static long floating(
      ArrowType.FloatingPoint type, int style, long key, SplittableRandom random) {
    double value =
        switch (style) {
          case 0 -> key;
          case 1 -> Double.longBitsToDouble(random.nextLong());
          case 2 -> 20 + key / 8.0;
          default -> EXTREME_DOUBLES[random.nextInt(EXTREME_DOUBLES.length)];
        };
    return switch (type.getPrecision()) {
      case DOUBLE -> Double.doubleToLongBits(value);
      case SINGLE -> Float.floatToIntBits((float) value);
      case HALF -> random.nextInt(0x7c00) | random.nextInt(2) << 15;
    };
  }

  private static void number(BaseFixedWidthVector vector, int row, long value) {
    BitVectorHelper.setBit(vector.getValidityBuffer(), row);
    switch (vector.getTypeWidth()) {
      case Byte.BYTES -> vector.getDataBuffer().setByte(row, (byte) value);
      case Short.BYTES -> vector.getDataBuffer().setShort(row * 2L, (short) value);
      case Integer.BYTES -> vector.getDataBuffer().setInt(row * 4L, (int) value);
      default -> vector.getDataBuffer().setLong(row * 8L, value);
    }
  }
}
