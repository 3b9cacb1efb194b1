package dev.tributary.encode;

import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Stands in for a file while no column of the job is known, which no format can hold: the server
 * had no data, now or ever. Writes no byte. Confined to one thread.
 */
final class ColumnlessEncoder implements Encoder {

  private final List<String> unknown;

  /**
   * Begins no file.
   *
   * @param unknown columns of the result whose type nobody knows
   */
  ColumnlessEncoder(List<String> unknown) {
    this.unknown = unknown;
  }

  /** There is nothing to count: it takes no row. */
  @Override
  public void count(Census census) {}

  @Override
  public void write(VectorSchemaRoot batch) throws Failure {
    if (batch.getRowCount() > 0) {
      throw new Failure(
          Failure.Kind.REFUSED,
          "cannot write the result: it has rows, but nobody knows the type of "
              + String.join(", ", unknown.stream().map(name -> "'" + name + "'").toList())
              + ", which hold nothing but nulls; cast one of them in the query");
    }
  }

  @Override
  public Content finish() {
    return new ContentTally(Optional.empty()).content();
  }

  @Override
  public void close() {}
}
