package dev.tributary.query;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Made-up rows for scripts. */
final class Rows {

  static final Schema SCHEMA =
      new Schema(
          List.of(
              Field.nullable("n", new ArrowType.Int(64, true)),
              Field.nullable("text", ArrowType.Utf8.INSTANCE)));

  private Rows() {}

  /** Fills the root with rows numbered from {@code first}, each with a text of some bytes. */
  static void fill(VectorSchemaRoot root, long first, int rows, int textBytes) {
    BigIntVector numbers = (BigIntVector) root.getVector("n");
    VarCharVector texts = (VarCharVector) root.getVector("text");
    byte[] text = "x".repeat(textBytes).getBytes(StandardCharsets.US_ASCII);
    root.allocateNew();
    for (int row = 0; row < rows; row++) {
      numbers.setSafe(row, first + row);
      texts.setSafe(row, text);
    }
    root.setRowCount(rows);
  }

  /** A script that sends so many batches of 100 rows and ends well. */
  static ReplayServer.Script batches(int count) {
    return (ticket, answer) -> {
      try (VectorSchemaRoot root = answer.columns(SCHEMA)) {
        for (int i = 0; i < count; i++) {
          fill(root, i * 100L, 100, 8);
          answer.batch();
        }
      }
    };
  }
}
