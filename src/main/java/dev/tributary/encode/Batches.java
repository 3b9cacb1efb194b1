package dev.tributary.encode;

import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Brings batches into the file's columns and counts them. Confined to one thread. */
final class Batches {

  private final List<WrittenColumn> columns;
  private final TimeConversion times;
  private final ContentTally tally;

  Batches(Encoders.FileFacts facts) {
    this.columns = facts.columns();
    this.times = new TimeConversion(facts.output().timestampLoss());
    this.tally = new ContentTally(facts.timeColumn());
  }

  /**
   * The batch's cells, column by column of the file.
   *
   * @throws Failure if a value does not fit its column
   */
  List<Cells> cells(VectorSchemaRoot batch) throws Failure {
    List<Cells> cells = new ArrayList<>(columns.size());
    for (WrittenColumn column : columns) {
      FieldVector vector = batch.getVector(column.name());
      if (!column.nullable() && (vector == null || vector.getNullCount() > 0)) {
        throw new Failure(
            Failure.Kind.REFUSED,
            "cannot write column '"
                + column.name()
                + "': it holds nulls, but the job's schema says that it has none; fill them in the"
                + " query, such as with coalesce");
      }
      cells.add(Cells.of(column.type(), vector, times));
    }
    tally.add(batch, columns, cells);
    return cells;
  }

  Content content() {
    return tally.content(times.truncated());
  }
}
