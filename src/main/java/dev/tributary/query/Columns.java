package dev.tributary.query;

import dev.tributary.job.Query;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which columns of the server's answer are the result's. InfluxQL puts {@code iox::measurement}
 * first; most rollups have no use for it. An InfluxQL answer with that column alone stands for
 * "there is no such measurement" and has no columns at all.
 */
final class Columns {

  static final String MEASUREMENT = "iox::measurement";

  private final VectorSchemaRoot answer;
  private final List<Field> fields = new ArrayList<>();
  private final List<FieldVector> vectors = new ArrayList<>();
  private final Schema schema;

  private Columns(VectorSchemaRoot answer, boolean dropsMeasurement) {
    this.answer = answer;
    for (FieldVector vector : answer.getFieldVectors()) {
      if (!dropsMeasurement || !vector.getName().equals(MEASUREMENT)) {
        fields.add(vector.getField());
        vectors.add(vector);
      }
    }
    this.schema = new Schema(fields, answer.getSchema().getCustomMetadata());
  }

  /**
   * The result's columns.
   *
   * @param answer the root into which every batch is loaded
   */
  static Columns of(VectorSchemaRoot answer, BatchSource.Request request) {
    boolean influxql = request.query().language() == Query.Language.INFLUXQL;
    List<Field> all = answer.getSchema().getFields();
    boolean noData = all.size() == 1 && all.get(0).getName().equals(MEASUREMENT);
    return new Columns(answer, influxql && (noData || !request.keepMeasurement()));
  }

  /** With the server's metadata of schema and columns. */
  Schema schema() {
    return schema;
  }

  /** The loaded rows, seen through these columns; the vectors stay the answer's. */
  VectorSchemaRoot rows() {
    return vectors.size() == answer.getFieldVectors().size()
        ? answer
        : new VectorSchemaRoot(fields, vectors, answer.getRowCount());
  }
}
