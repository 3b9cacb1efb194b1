package dev.tributary.sandbox;

import dev.tributary.sandbox.table.Cells;
import dev.tributary.sandbox.table.ColumnKind;
import dev.tributary.sandbox.table.Table;
import dev.tributary.sandbox.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampNanoVector;
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

/**
 * All tables as one wide stream of batches: {@code __m} names the measurement, {@code time} is
 * shared, and each other column of each table is a column of its own, {@code c0}, {@code c1} and so
 * on, null in the rows of other tables. Columns carry InfluxDB's metadata, which the engine hands
 * on to results that show them unchanged.
 */
final class TablesReader extends ArrowReader {

  static final String MEASUREMENT = "__m";

  private static final int BATCH_ROWS = 8192;

  private final List<Table> tables = new ArrayList<>();
  private int table;
  private int row;

  TablesReader(BufferAllocator allocator, Tables tables) {
    super(allocator);
    tables.all().forEach(this.tables::add);
  }

  static ArrowType arrowType(ColumnKind kind) {
    return switch (kind) {
      case TAG, STRING -> ArrowType.Utf8.INSTANCE;
      case TIME -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
      case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case INTEGER -> new ArrowType.Int(64, true);
      case UINTEGER -> new ArrowType.Int(64, false);
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
    };
  }

  @Override
  protected Schema readSchema() {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(MEASUREMENT, FieldType.notNullable(ArrowType.Utf8.INSTANCE), null));
    fields.add(field("time", ColumnKind.TIME));
    for (Table each : tables) {
      for (Table.Column column : each.columns()) {
        if (column.kind() != ColumnKind.TIME) {
          fields.add(field("c" + (fields.size() - 2), column.kind()));
        }
      }
    }
    return new Schema(fields);
  }

  private static Field field(String name, ColumnKind kind) {
    boolean nullable = kind != ColumnKind.TIME;
    Map<String, String> metadata = Map.of("iox::column::type", kind.metadata());
    return new Field(name, new FieldType(nullable, arrowType(kind), null, metadata), null);
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    while (table < tables.size() && row >= tables.get(table).rows()) {
      table++;
      row = 0;
    }
    if (table >= tables.size()) {
      return false;
    }
    VectorSchemaRoot root = getVectorSchemaRoot();
    root.getFieldVectors().forEach(FieldVector::allocateNew);
    Table source = tables.get(table);
    int rows = Math.min(BATCH_ROWS, source.rows() - row);
    byte[] name = source.name().getBytes(StandardCharsets.UTF_8);
    VarCharVector names = (VarCharVector) root.getVector(0);
    for (int i = 0; i < rows; i++) {
      names.setSafe(i, name);
    }
    int target = 2;
    for (int before = 0; before < table; before++) {
      target += tables.get(before).columns().size() - 1;
    }
    for (int column = 0; column < source.columns().size(); column++) {
      boolean time = source.columns().get(column).kind() == ColumnKind.TIME;
      fill(root.getVector(time ? 1 : target), source.cells(column), rows);
      target += time ? 0 : 1;
    }
    root.setRowCount(rows);
    row += rows;
    return true;
  }

  private void fill(FieldVector vector, Cells cells, int rows) {
    for (int i = 0; i < rows; i++) {
      if (!cells.has(row + i)) {
        continue;
      }
      if (vector instanceof VarCharVector texts) {
        texts.setSafe(i, cells.text(row + i).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      long bits = cells.bits(row + i);
      if (vector instanceof Float8Vector floats) {
        floats.setSafe(i, Double.longBitsToDouble(bits));
      } else if (vector instanceof BigIntVector integers) {
        integers.setSafe(i, bits);
      } else if (vector instanceof UInt8Vector integers) {
        integers.setSafe(i, bits);
      } else if (vector instanceof BitVector booleans) {
        booleans.setSafe(i, (int) bits);
      } else {
        ((TimeStampNanoVector) vector).setSafe(i, bits);
      }
    }
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {
    // the tables stay: they are the database's
  }
}
