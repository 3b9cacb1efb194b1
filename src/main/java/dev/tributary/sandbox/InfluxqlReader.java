package dev.tributary.sandbox;

import dev.tributary.sandbox.influxql.InfluxqlResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A finished InfluxQL result as a stream of batches. */
final class InfluxqlReader extends ArrowReader {

  private final InfluxqlResult result;
  private int row;

  InfluxqlReader(BufferAllocator allocator, InfluxqlResult result) {
    super(allocator);
    this.result = result;
  }

  @Override
  protected Schema readSchema() {
    List<Field> fields = new ArrayList<>();
    for (InfluxqlResult.Column column : result.columns()) {
      FieldType type = new FieldType(column.nullable(), arrowType(column), null, column.metadata());
      fields.add(new Field(column.name(), type, null));
    }
    return new Schema(fields, result.metadata());
  }

  private static ArrowType arrowType(InfluxqlResult.Column column) {
    return switch (column.type()) {
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, column.zone().orElse(null));
      case STRING -> ArrowType.Utf8.INSTANCE;
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case INT64 -> new ArrowType.Int(64, true);
      case UINT64 -> new ArrowType.Int(64, false);
      case BOOL -> ArrowType.Bool.INSTANCE;
      case NULL -> ArrowType.Null.INSTANCE;
    };
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    int rows = Math.min(WireBatches.MOST_ROWS, result.rows() - row);
    if (rows == 0) {
      return false;
    }
    VectorSchemaRoot root = getVectorSchemaRoot();
    root.getFieldVectors().forEach(FieldVector::allocateNew);
    for (int column = 0; column < result.columns().size(); column++) {
      List<@Nullable Object> values = result.columns().get(column).values();
      for (int i = 0; i < rows; i++) {
        Object value = values.get(row + i);
        if (value != null) {
          set(root.getVector(column), i, value);
        }
      }
    }
    root.setRowCount(rows);
    row += rows;
    return true;
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof Float8Vector floats) {
      floats.setSafe(row, (Double) value);
    } else if (vector instanceof TimeStampVector times) {
      times.setSafe(row, (Long) value);
    } else if (vector instanceof BigIntVector integers) {
      integers.setSafe(row, (Long) value);
    } else if (vector instanceof UInt8Vector integers) {
      integers.setSafe(row, (Long) value);
    } else {
      ((BitVector) vector).setSafe(row, (Boolean) value ? 1 : 0);
    }
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {
    // the result is plain memory
  }
}
