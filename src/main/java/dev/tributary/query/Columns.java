package dev.tributary.query;

import dev.tributary.job.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which columns of the server's answer are the result's. InfluxQL puts {@code iox::measurement}
 * first; most rollups have no use for it. An InfluxQL answer with that column alone stands for
 * "there is no such measurement" and has no columns at all. A column that the server sends as
 * numbers into a dictionary is seen with the values they stand for.
 */
final class Columns implements AutoCloseable {

  static final String MEASUREMENT = "iox::measurement";

  private final VectorSchemaRoot answer;
  private final BufferAllocator memory;
  private final List<Field> fields = new ArrayList<>();
  private final List<FieldVector> vectors = new ArrayList<>();

  /** By the place of their column. */
  private final Map<Integer, Dictionary> dictionaries = new HashMap<>();

  private final List<FieldVector> decoded = new ArrayList<>();
  private final Schema schema;

  private Columns(
      VectorSchemaRoot answer,
      DictionaryProvider known,
      BufferAllocator memory,
      boolean dropsMeasurement) {
    this.answer = answer;
    this.memory = memory;
    for (FieldVector vector : answer.getFieldVectors()) {
      if (!dropsMeasurement || !vector.getName().equals(MEASUREMENT)) {
        Field field = vector.getField();
        if (field.getDictionary() != null) {
          Dictionary dictionary = known.lookup(field.getDictionary().getId());
          dictionaries.put(vectors.size(), dictionary);
          field = plain(field, dictionary);
        }
        fields.add(field);
        vectors.add(vector);
      }
    }
    this.schema = new Schema(fields, answer.getSchema().getCustomMetadata());
  }

  private static Field plain(Field field, Dictionary dictionary) {
    return new Field(
        field.getName(),
        new FieldType(field.isNullable(), dictionary.getVectorType(), null, field.getMetadata()),
        List.of());
  }

  /**
   * The result's columns.
   *
   * @param answer the root into which every batch is loaded
   * @param known the dictionaries that come with the batches
   * @param memory of this answer
   */
  static Columns of(
      VectorSchemaRoot answer,
      DictionaryProvider known,
      BufferAllocator memory,
      BatchSource.Request request) {
    boolean influxql = request.query().language() == Query.Language.INFLUXQL;
    List<Field> all = answer.getSchema().getFields();
    boolean noData = all.size() == 1 && all.get(0).getName().equals(MEASUREMENT);
    return new Columns(answer, known, memory, influxql && (noData || !request.keepMeasurement()));
  }

  /** With the server's metadata of schema and columns. */
  Schema schema() {
    return schema;
  }

  /** The loaded rows, seen through these columns; valid until the next call. */
  VectorSchemaRoot rows() {
    close();
    if (dictionaries.isEmpty() && vectors.size() == answer.getFieldVectors().size()) {
      return answer;
    }
    List<FieldVector> seen = new ArrayList<>(vectors);
    dictionaries.forEach((place, dictionary) -> seen.set(place, plain(place, dictionary)));
    return new VectorSchemaRoot(fields, seen, answer.getRowCount());
  }

  private FieldVector plain(int place, Dictionary dictionary) {
    FieldVector values =
        (FieldVector) DictionaryEncoder.decode(vectors.get(place), dictionary, memory);
    decoded.add(values);
    return values;
  }

  /** Frees what the rows seen last hold beside the answer itself. */
  @Override
  public void close() {
    decoded.forEach(FieldVector::close);
    decoded.clear();
  }
}
