package dev.tributary.encode;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.PartitionValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * One open encoder for each partition of a window. A quarter of the budget is set aside for their
 * smallest row groups, and so bounds how many there may be; of another eighth the first ones get
 * larger row groups, each an eighth of what is left of it. Confined to one thread.
 */
final class PartWriters implements AutoCloseable {

  private static final long SMALLEST_ROW_GROUP = 1 << 20;
  private static final int BOUND_SHARE = 4;
  private static final int EXTRA_SHARE = 8;

  private final Output output;
  private final ResultSchema result;
  private final List<Column> columns;
  private final Attempt attempt;
  private final Optional<String> timeColumn;
  private final BufferAllocator memory;
  private final PartitionedEncoder.Files files;
  private final int bound;
  private final List<Encoder> open = new ArrayList<>();
  private long extra;

  /** Prepares the writers of a window's parts, whose files have the columns given here. */
  PartWriters(
      Output output,
      ResultSchema result,
      List<Column> columns,
      Attempt attempt,
      Optional<String> timeColumn,
      BufferAllocator memory,
      PartitionedEncoder.Files files) {
    this.output = output;
    this.result = result;
    this.columns = columns;
    this.attempt = attempt;
    this.timeColumn = timeColumn;
    this.memory = memory;
    this.files = files;
    this.bound = (int) Math.max(1, memory.getLimit() / BOUND_SHARE / SMALLEST_ROW_GROUP);
    this.extra = memory.getLimit() / EXTRA_SHARE;
  }

  /**
   * Refuses more partitions than the budget has room for.
   *
   * @param seen partitions that the result has so far
   */
  void require(int seen) throws Failure {
    if (seen > bound) {
      throw new Failure(
          Failure.Kind.REFUSED,
          "cannot write window "
              + attempt.window()
              + " of job '"
              + attempt.job()
              + "': its first rows have "
              + seen
              + " partitions, and limits.memory of "
              + Encoders.mebibytes(memory.getLimit())
              + " has room for "
              + bound
              + " open files, one for each "
              + Encoders.mebibytes(BOUND_SHARE * SMALLEST_ROW_GROUP)
              + "; raise it, partition by a column with fewer values, or make windows shorter");
    }
  }

  /** Writes rows of a partition; a new one's number is that of the partitions before it. */
  void write(int number, List<PartitionValue> partition, VectorSchemaRoot rows) throws Failure {
    if (number == open.size()) {
      open.add(begin(partition));
    }
    open.get(number).write(rows);
  }

  private Encoder begin(List<PartitionValue> partition) throws Failure {
    long more = Math.min(extra / EXTRA_SHARE, output.rowGroupBytes());
    extra -= more;
    return Encoders.open(
        output.withRowGroupBytes(SMALLEST_ROW_GROUP + more),
        result,
        columns,
        attempt,
        timeColumn,
        memory,
        files.begin(partition));
  }

  /** Ends every file and tells how many rows each has. */
  List<Long> finish() throws Failure {
    List<Long> rows = new ArrayList<>();
    for (Encoder encoder : open) {
      rows.add(encoder.finish().rows());
      encoder.close();
    }
    return rows;
  }

  @Override
  public void close() {
    open.forEach(Encoder::close);
  }
}
