package dev.tributary.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The engine's batches in the shape that InfluxDB sends: plain text columns, at most 8192 rows. */
final class WireBatches implements AutoCloseable {

  static final int MOST_ROWS = 8192;

  private static final String COLUMN_TYPE = "iox::column::type";

  private final BufferAllocator allocator;
  private final VectorSchemaRoot root;

  WireBatches(BufferAllocator allocator, Schema engine) throws Refusal {
    this.allocator = allocator;
    List<Field> fields = new ArrayList<>();
    for (Field field : engine.getFields()) {
      fields.add(wire(field));
    }
    this.root = VectorSchemaRoot.create(new Schema(fields, engine.getCustomMetadata()), allocator);
  }

  private static Field wire(Field field) throws Refusal {
    if (field.getDictionary() != null) {
      throw Refusal.unsupported("results with dictionaries");
    }
    Map<String, String> metadata = new HashMap<>(field.getMetadata());
    if (field.getType() instanceof ArrowType.Timestamp time && time.getTimezone() != null) {
      metadata.remove(COLUMN_TYPE);
    }
    boolean view = field.getType() instanceof ArrowType.Utf8View;
    ArrowType type = view ? ArrowType.Utf8.INSTANCE : field.getType();
    return new Field(
        field.getName(),
        new FieldType(field.isNullable(), type, null, metadata),
        field.getChildren());
  }

  /** What goes over the wire; holds the batch that was loaded last. */
  VectorSchemaRoot root() {
    return root;
  }

  /** An empty batch, as a sign of life. */
  void loadNothing() {
    root.clear();
    root.setRowCount(0);
  }

  /** A part of a batch of the engine. */
  void load(VectorSchemaRoot batch, int from, int rows) {
    try (VectorSchemaRoot part = plain(batch, from, rows);
        ArrowRecordBatch record = new VectorUnloader(part).getRecordBatch()) {
      new VectorLoader(root).load(record);
    }
  }

  private VectorSchemaRoot plain(VectorSchemaRoot batch, int from, int rows) {
    List<FieldVector> vectors = new ArrayList<>();
    VectorSchemaRoot part = batch.slice(from, rows);
    for (int i = 0; i < part.getFieldVectors().size(); i++) {
      FieldVector vector = part.getVector(i);
      if (vector instanceof ViewVarCharVector views) {
        VarCharVector texts = new VarCharVector(root.getVector(i).getField(), allocator);
        texts.allocateNew(rows);
        for (int row = 0; row < rows; row++) {
          if (!views.isNull(row)) {
            texts.setSafe(row, views.get(row));
          }
        }
        texts.setValueCount(rows);
        views.close();
        vector = texts;
      }
      vectors.add(vector);
    }
    return new VectorSchemaRoot(vectors);
  }

  @Override
  public void close() {
    root.close();
  }
}
