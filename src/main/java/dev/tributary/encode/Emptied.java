package dev.tributary.encode;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A batch as a reader of its folders will see it: the empty strings of partition columns are nulls.
 * Copies a column only if it has one.
 */
final class Emptied implements AutoCloseable {

  private final VectorSchemaRoot batch;
  private final List<FieldVector> copies;

  private Emptied(VectorSchemaRoot batch, List<FieldVector> copies) {
    this.batch = batch;
    this.copies = copies;
  }

  static Emptied of(VectorSchemaRoot batch, List<String> columns, BufferAllocator memory) {
    List<FieldVector> vectors = new ArrayList<>();
    List<FieldVector> copies = new ArrayList<>();
    for (FieldVector vector : batch.getFieldVectors()) {
      if (columns.contains(vector.getName())
          && vector instanceof VariableWidthFieldVector texts
          && hasEmpty(texts, batch.getRowCount())) {
        FieldVector copy = vector.getField().createVector(memory);
        copies.add(copy);
        copy.setInitialCapacity(batch.getRowCount());
        for (int row = 0; row < batch.getRowCount(); row++) {
          if (isEmpty(texts, row)) {
            copy.setNull(row);
          } else {
            copy.copyFromSafe(row, row, vector);
          }
        }
        copy.setValueCount(batch.getRowCount());
        vectors.add(copy);
      } else {
        vectors.add(vector);
      }
    }
    return new Emptied(
        copies.isEmpty()
            ? batch
            : new VectorSchemaRoot(batch.getSchema().getFields(), vectors, batch.getRowCount()),
        copies);
  }

  private static boolean hasEmpty(VariableWidthFieldVector texts, int rows) {
    for (int row = 0; row < rows; row++) {
      if (isEmpty(texts, row)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEmpty(VariableWidthFieldVector texts, int row) {
    return !texts.isNull(row) && texts.getValueLength(row) == 0;
  }

  VectorSchemaRoot batch() {
    return batch;
  }

  @Override
  public void close() {
    copies.forEach(FieldVector::close);
  }
}
