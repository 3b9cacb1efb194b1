package dev.tributary.encode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Cells in one form, whoever read them: numbers and times as long, floating points as a double's
 * bits, decimals as their digits, bytes as text of one character each.
 */
final class CellValues {

  private CellValues() {}

  /**
   * A cell of a result or of a file.
   *
   * @param type what the column is, or will be, written as
   */
  static @Nullable Object of(FieldVector vector, int row, ColumnType type) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof VariableWidthFieldVector bytes) {
      return new String(bytes.get(row), ISO_8859_1);
    } else if (vector instanceof FixedSizeBinaryVector fixed) {
      return new String(fixed.get(row), ISO_8859_1);
    } else if (vector instanceof BitVector bits) {
      return (long) bits.get(row);
    } else if (vector instanceof DecimalVector decimals) {
      return decimals.getObject(row).unscaledValue();
    } else if (vector instanceof Decimal256Vector decimals) {
      return decimals.getObject(row).unscaledValue();
    } else if (vector instanceof Float2Vector halves) {
      return bits(halves.getValueAsFloat(row));
    } else if (vector instanceof Float4Vector floats) {
      return bits(floats.get(row));
    } else if (vector instanceof Float8Vector doubles) {
      return bits(doubles.get(row));
    } else if (vector instanceof TimeStampVector times) {
      return time(times, row, type);
    }
    long value = integer((BaseFixedWidthVector) vector, row);
    return vector instanceof TimeSecVector
        ? value * 1_000
        : vector instanceof DateMilliVector ? value / 86_400_000L : value;
  }

  private static long time(TimeStampVector times, int row, ColumnType type) {
    BigInteger nanos =
        BigInteger.valueOf(times.get(row))
            .multiply(
                BigInteger.valueOf(
                    ColumnType.nanosPer(
                        ((ArrowType.Timestamp) times.getField().getType()).getUnit())));
    BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(type.nanosPerUnit()));
    return parts[0].longValueExact() - (parts[1].signum() < 0 ? 1 : 0);
  }

  private static long integer(BaseFixedWidthVector vector, int row) {
    boolean unsigned =
        vector.getField().getType() instanceof ArrowType.Int number && !number.getIsSigned();
    long value =
        switch (vector.getTypeWidth()) {
          case 1 -> vector.getDataBuffer().getByte(row);
          case 2 -> vector.getDataBuffer().getShort(row * 2L);
          case 4 -> vector.getDataBuffer().getInt(row * 4L);
          default -> vector.getDataBuffer().getLong(row * 8L);
        };
    int width = vector.getTypeWidth() * 8;
    return unsigned && width < 64 ? value & ((1L << width) - 1) : value;
  }

  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }

  /** A column as DuckDB can tell it without loss. */
  static String duck(String name, ColumnType type) {
    ArrowType arrow = type.arrow();
    String text = type.text();
    return switch (arrow.getTypeID()) {
      case Utf8, Binary -> "hex(" + name + ")";
      case Timestamp, Time -> (text.contains("[ns") ? "epoch_ns(" : "epoch_us(") + name + ")";
      case Date -> name + " - DATE '1970-01-01'";
      case Bool -> "CAST(" + name + " AS INT)";
      case Decimal -> "CAST(" + name + " AS VARCHAR)";
      default -> name;
    };
  }

  /** A cell from {@link #duck}'s text. */
  static @Nullable Object ofDuck(String text, ColumnType type) {
    if (text.equals("null")) {
      return null;
    }
    return switch (type.arrow().getTypeID()) {
      case Utf8, Binary -> new String(HexFormat.of().parseHex(text), ISO_8859_1);
      case Timestamp, Time -> Long.parseLong(text) / (type.text().contains("[ms") ? 1_000 : 1);
      case Decimal -> new BigDecimal(text).unscaledValue();
      case FloatingPoint ->
          bits(type.equals(ColumnType.FLOAT) ? Float.parseFloat(text) : Double.parseDouble(text));
      default -> text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    };
  }

  /** A cell that parquet-java's reader stands at. */
  static Object of(ColumnReader reader, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> reader.getBoolean() ? 1L : 0L;
      case INT32 -> whole(int32(reader.getInteger(), type), type);
      case INT64 -> whole(reader.getLong(), type);
      case FLOAT -> bits(reader.getFloat());
      case DOUBLE -> bits(reader.getDouble());
      case FIXED_LEN_BYTE_ARRAY -> new BigInteger(reader.getBinary().getBytes());
      default -> new String(reader.getBinary().getBytes(), ISO_8859_1);
    };
  }

  private static long int32(int value, PrimitiveType type) {
    boolean unsigned =
        type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation number
            && !number.isSigned();
    return unsigned ? Integer.toUnsignedLong(value) : value;
  }

  private static Object whole(long value, PrimitiveType type) {
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation) {
      return BigInteger.valueOf(value);
    }
    return value;
  }
}
