package dev.tributary.encode;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.query.Memory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** Opens encoders. */
public final class Encoders {

  private Encoders() {}

  /**
   * Begins a file.
   *
   * @param output the job's settings
   * @param result what the rows to come look like
   * @param settled the file's columns, in order; those the result lacks are written as nulls
   * @param attempt stamped into the file
   * @param timeColumn the column that first and last time are taken of
   * @param memory what is under construction is reserved from it
   * @param out stays the caller's
   * @throws Failure if the file cannot be begun
   */
  public static Encoder open(
      Output output,
      ResultSchema result,
      List<Column> settled,
      Attempt attempt,
      Optional<String> timeColumn,
      BufferAllocator memory,
      OutputStream out)
      throws Failure {
    FileFacts facts =
        new FileFacts(output, result.written(settled), attempt, timeColumn, result.arrow());
    try {
      return switch (output.format()) {
        case PARQUET -> new ParquetEncoder(facts, memory, out);
        case ARROW -> new ArrowEncoder(facts, memory, out);
      };
    } catch (IOException e) {
      throw cannotWrite(attempt, e);
    }
  }

  /** The same, reserving from the process's budget. */
  public static Encoder open(
      Output output,
      ResultSchema result,
      List<Column> settled,
      Attempt attempt,
      Optional<String> timeColumn,
      Memory memory,
      OutputStream out)
      throws Failure {
    return open(output, result, settled, attempt, timeColumn, memory.allocator(), out);
  }

  /** A stream that took no more bytes: the disk's own reason is in its message. */
  static Failure cannotWrite(Attempt attempt, IOException e) {
    return new Failure(
        Failure.Kind.CANNOT_WRITE,
        "cannot write window "
            + attempt.window()
            + " of job '"
            + attempt.job()
            + "': "
            + e.getMessage()
            + "; nothing was published, the window stays open",
        e);
  }

  /**
   * What both formats need to know of a file.
   *
   * @param arrow the result's own schema, whose metadata is kept
   */
  record FileFacts(
      Output output,
      List<WrittenColumn> columns,
      Attempt attempt,
      Optional<String> timeColumn,
      org.apache.arrow.vector.types.pojo.Schema arrow) {}
}
