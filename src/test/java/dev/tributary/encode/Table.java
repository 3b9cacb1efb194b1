package dev.tributary.encode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Columns and rows, spelt out by a test. */
public record Table(List<Field> fields, List<@Nullable Object[]> rows) {

  public static final ArrowType TIME_NS = new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
  public static final ArrowType TIME_MS = new ArrowType.Timestamp(TimeUnit.MILLISECOND, null);
  public static final ArrowType TEXT = ArrowType.Utf8.INSTANCE;
  public static final ArrowType DOUBLE = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
  public static final ArrowType INT64 = new ArrowType.Int(64, true);
  public static final ArrowType UINT64 = new ArrowType.Int(64, false);
  public static final ArrowType BOOL = ArrowType.Bool.INSTANCE;
  public static final ArrowType DATE = new ArrowType.Date(DateUnit.DAY);

  public static Field nullable(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), List.of());
  }

  public static Field required(String name, ArrowType type) {
    return new Field(name, FieldType.notNullable(type), List.of());
  }

  public static Field marked(String name, ArrowType type, Map<String, String> metadata) {
    return new Field(name, new FieldType(true, type, null, metadata), List.of());
  }

  public static Table of(Field... fields) {
    return new Table(List.of(fields), new ArrayList<>());
  }

  public Table row(@Nullable Object... values) {
    rows.add(values);
    return this;
  }

  public Table sub(int from, int to) {
    return new Table(fields, rows.subList(from, to));
  }

  public Schema schema() {
    return new Schema(fields);
  }

  /** The rows as one batch, which is the caller's. */
  public VectorSchemaRoot batch(BufferAllocator memory) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema(), memory);
    root.allocateNew();
    for (int column = 0; column < fields.size(); column++) {
      FieldVector vector = root.getVector(column);
      for (int row = 0; row < rows.size(); row++) {
        Object value = rows.get(row)[column];
        if (value != null) {
          set(vector, row, value);
        }
      }
      vector.setValueCount(rows.size());
    }
    root.setRowCount(rows.size());
    return root;
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (vector instanceof VariableWidthFieldVector bytes) {
      bytes.setSafe(
          row,
          value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value);
    } else if (vector instanceof TimeStampVector times) {
      times.setSafe(row, ((Number) value).longValue());
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, ((Number) value).doubleValue());
    } else if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, ((Number) value).longValue());
    } else if (vector instanceof UInt8Vector longs) {
      longs.setSafe(row, ((Number) value).longValue());
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, (Boolean) value ? 1 : 0);
    } else {
      ((DateDayVector) vector).setSafe(row, ((Number) value).intValue());
    }
  }

  /** One of everything that is hard to carry over. */
  public static Table hardValues() {
    return of(
            required("time", TIME_NS),
            marked("room", TEXT, Map.of("iox::column::type", "iox::column_type::tag")),
            nullable("temp", DOUBLE),
            nullable("count", INT64),
            nullable("big", UINT64),
            nullable("on", BOOL),
            nullable("day", DATE))
        .row(-1L, "", Double.NaN, Long.MIN_VALUE, -1L, true, -1)
        .row(-1_000_000_001L, "Küche 🏠", Double.POSITIVE_INFINITY, Long.MAX_VALUE, 0L, false, 0)
        .row(1_700_000_000_123_456_789L, null, Double.NEGATIVE_INFINITY, null, null, null, null)
        .row(0L, "a'b\"c\n\u0000", -0.0, 0L, 1L << 63, true, 20_000)
        .row(999L, "null", null, -1L, Long.MAX_VALUE, false, -20_000)
        .row(1_700_000_000_000_000_000L, null, Double.MIN_VALUE, 7L, 7L, null, 1);
  }
}
