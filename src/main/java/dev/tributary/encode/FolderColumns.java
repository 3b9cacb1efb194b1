package dev.tributary.encode;

import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.PartitionValue;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * The columns that a file's folders stand for, put beside those that it has: what {@link
 * PartitionedEncoder} took away. Confined to one thread.
 */
public final class FolderColumns implements AutoCloseable {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final List<Column> columns;
  private final List<PartitionValue> values;
  private final List<FieldVector> vectors = new ArrayList<>();

  /**
   * The columns of one file's folders.
   *
   * @param columns their types, as a manifest has them
   * @param values the value of each, in the same order
   * @throws Failure of kind {@code REFUSED} if a type is known only to a newer version
   */
  public FolderColumns(List<Column> columns, List<PartitionValue> values, BufferAllocator memory)
      throws Failure {
    this.columns = List.copyOf(columns);
    this.values = List.copyOf(values);
    for (Column column : columns) {
      ArrowType type =
          ColumnType.named(column.type()).orElseThrow(() -> refused(column, "unknown")).arrow();
      vectors.add(
          new Field(column.name(), FieldType.nullable(type), List.of()).createVector(memory));
    }
  }

  /**
   * A batch of the file with these columns too, each holding its one value; its vectors stay whose
   * they are, and are valid until the next call.
   *
   * @throws Failure of kind {@code REFUSED} if a folder's name is not of the column's type
   */
  public VectorSchemaRoot beside(VectorSchemaRoot batch) throws Failure {
    int rows = batch.getRowCount();
    for (int i = 0; i < columns.size(); i++) {
      fill(columns.get(i), vectors.get(i), values.get(i).text(), rows);
    }
    List<FieldVector> all = new ArrayList<>(batch.getFieldVectors());
    all.addAll(vectors);
    return new VectorSchemaRoot(all.stream().map(FieldVector::getField).toList(), all, rows);
  }

  private static void fill(Column column, FieldVector vector, Optional<String> text, int rows)
      throws Failure {
    vector.reset();
    vector.setInitialCapacity(rows);
    vector.allocateNew();
    if (text.isPresent()) {
      try {
        set(vector, text.orElseThrow(), rows);
      } catch (NumberFormatException | DateTimeException e) {
        throw refused(column, "'" + text.orElseThrow() + "'");
      }
    }
    vector.setValueCount(rows);
  }

  private static void set(FieldVector vector, String text, int rows) {
    if (vector instanceof VarCharVector texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      for (int row = 0; row < rows; row++) {
        texts.setSafe(row, bytes);
      }
      return;
    }
    long value = number(vector, text);
    for (int row = 0; row < rows; row++) {
      if (vector instanceof TimeStampVector times) {
        times.setSafe(row, value);
      } else if (vector instanceof BitVector bits) {
        bits.setSafe(row, (int) value);
      } else if (vector instanceof DateDayVector days) {
        days.setSafe(row, (int) value);
      } else {
        ((BaseIntVector) vector).setWithPossibleTruncate(row, value);
      }
    }
  }

  private static long number(FieldVector vector, String text) {
    if (vector instanceof TimeStampVector) {
      long unit =
          ColumnType.nanosPer(((ArrowType.Timestamp) vector.getField().getType()).getUnit());
      Instant instant = Instant.parse(text);
      return instant.getEpochSecond() * (NANOS_PER_SECOND / unit) + instant.getNano() / unit;
    }
    if (vector instanceof BitVector) {
      return Boolean.parseBoolean(text) ? 1 : 0;
    }
    if (vector instanceof DateDayVector) {
      return LocalDate.parse(text).toEpochDay();
    }
    boolean signed = ((ArrowType.Int) vector.getField().getType()).getIsSigned();
    return signed ? Long.parseLong(text) : Long.parseUnsignedLong(text);
  }

  private static Failure refused(Column column, String what) {
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot read column '"
            + column.name()
            + "' from a folder's name: "
            + what
            + " is no "
            + column.type());
  }

  @Override
  public void close() {
    vectors.forEach(FieldVector::close);
  }
}
