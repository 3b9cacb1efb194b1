package dev.tributary.inspect;

import dev.tributary.encode.ContentTally;
import dev.tributary.job.Failure;
import dev.tributary.query.BatchStream;
import dev.tributary.query.Memory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The beginning of a result, as text for people. */
public final class FirstRows {

  private FirstRows() {}

  /**
   * Reads rows until there are enough.
   *
   * @return for each row, its cells by column name; a null is empty text
   */
  public static List<Map<String, String>> of(BatchStream batches, int most) throws Failure {
    List<Map<String, String>> rows = new ArrayList<>();
    while (rows.size() < most && batches.next()) {
      VectorSchemaRoot batch = batches.batch();
      for (int row = 0; row < batch.getRowCount() && rows.size() < most; row++) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (FieldVector vector : batch.getFieldVectors()) {
          cells.put(vector.getName(), text(vector, row));
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  /**
   * The first rows of a file on the local disk.
   *
   * @param format {@code parquet} or {@code arrow}
   * @throws Failure of kind {@code REFUSED} if it is no such file, or a broken one
   */
  public static List<Map<String, String>> ofFile(Path file, String format, int most, Memory memory)
      throws Failure {
    FileFormat known = format.equals("arrow") ? FileFormat.ARROW_IPC : FileFormat.PARQUET;
    try (FileRows rows = new FileRows(file, known, memory.allocator())) {
      return of(rows, most);
    }
  }

  private static String text(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return "";
    }
    return vector instanceof TimeStampVector times
        ? ContentTally.instantAt(times, row).toString()
        : String.valueOf(vector.getObject(row));
  }
}
