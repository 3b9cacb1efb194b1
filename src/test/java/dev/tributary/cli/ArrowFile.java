package dev.tributary.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.jspecify.annotations.Nullable;

/** An Arrow IPC file as Arrow's own reader reads it. */
final class ArrowFile {

  private ArrowFile() {}

  /** Rows in their order; times as the count that is stored, texts as strings. */
  static List<List<@Nullable Object>> rows(Path file) throws IOException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (BufferAllocator memory = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowFileReader reader =
            new ArrowFileReader(channel, memory, CommonsCompressionFactory.INSTANCE)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      while (reader.loadNextBatch()) {
        for (int row = 0; row < root.getRowCount(); row++) {
          List<@Nullable Object> cells = new ArrayList<>();
          for (FieldVector vector : root.getFieldVectors()) {
            cells.add(cell(vector, row));
          }
          rows.add(cells);
        }
      }
    }
    return rows;
  }

  private static @Nullable Object cell(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof TimeStampVector times) {
      return times.get(row);
    }
    Object value = vector.getObject(row);
    return value instanceof Number ? value : String.valueOf(value);
  }
}
