package dev.tributary.encode;

import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Counts what batches amount to: rows, first and last time, digest. Whoever reads a file back and
 * adds its batches comes to what its writer wrote down. Confined to one thread.
 */
public final class ContentTally {

  private final Optional<String> timeColumn;
  private final RowsDigest digest = new RowsDigest();
  private final LongCells times = new LongCells();

  /** For columns read back, one after the other: whether they hold bytes, and cells for such. */
  private final Map<Boolean, Cells> scratch = new HashMap<>();

  private long rows;
  private @Nullable Instant first;
  private @Nullable Instant last;

  public ContentTally(Optional<String> timeColumn) {
    this.timeColumn = timeColumn;
  }

  /**
   * The columns of a file that was read back, as its writer recorded them.
   *
   * @throws Failure if a column has a type that is never written
   */
  public static List<Column> columnsOf(Schema schema) throws Failure {
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.getFields()) {
      columns.add(new Column(field.getName(), typeOf(field).text(), field.isNullable()));
    }
    return columns;
  }

  /** The instant at a row, whatever the vector's unit; zone-less times are UTC. */
  public static Instant instantAt(TimeStampVector times, int row) {
    return TimeConversion.instant(times, row);
  }

  /** Adds a batch of a file that was read back. */
  public void add(VectorSchemaRoot batch) throws Failure {
    int rows = batch.getRowCount();
    digest.begin(rows);
    for (FieldVector vector : batch.getFieldVectors()) {
      ColumnType type = typeOf(vector.getField());
      Cells column = scratch.computeIfAbsent(type.isBytes(), bytes -> VectorReader.cellsFor(type));
      VectorReader.read(vector, rows, column);
      digest.column(vector.getName(), type, column);
    }
    digest.end();
    addTimes(batch);
  }

  static ColumnType typeOf(Field field) throws Failure {
    return ColumnType.readBack(field.getType())
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.REFUSED,
                    "cannot read column '"
                        + field.getName()
                        + "': no file of ours has type "
                        + field.getType()));
  }

  /** Adds a batch that is being written: times from the result, values as they are written. */
  void add(VectorSchemaRoot batch, List<WrittenColumn> columns, List<Cells> cells) throws Failure {
    digest.begin(batch.getRowCount());
    for (int i = 0; i < columns.size(); i++) {
      digest.column(columns.get(i).name(), columns.get(i).type(), cells.get(i));
    }
    digest.end();
    addTimes(batch);
  }

  private void addTimes(VectorSchemaRoot batch) throws Failure {
    rows += batch.getRowCount();
    if (timeColumn.isEmpty()
        || !(batch.getVector(timeColumn.orElseThrow()) instanceof TimeStampVector vector)
        || vector.getNullCount() == batch.getRowCount()) {
      return;
    }
    VectorReader.read(vector, batch.getRowCount(), times);
    long[] values = times.values();
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    for (int row = 0; row < batch.getRowCount(); row++) {
      if (!times.isNull(row)) {
        earliest = Math.min(earliest, values[row]);
        latest = Math.max(latest, values[row]);
      }
    }
    Instant low = TimeConversion.instant(earliest, TimeConversion.unitOf(vector));
    Instant high = TimeConversion.instant(latest, TimeConversion.unitOf(vector));
    first = first == null || low.isBefore(first) ? low : first;
    last = last == null || high.isAfter(last) ? high : last;
  }

  /** What was added so far. */
  public Content content() {
    return content(0);
  }

  Content content(long truncated) {
    return new Content(
        rows, Optional.ofNullable(first), Optional.ofNullable(last), digest.text(), truncated);
  }
}
