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
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.types.pojo.Schema;

/** Opens encoders. */
public final class Encoders {

  private Encoders() {}

  /**
   * Begins a file.
   *
   * @param output the job's settings
   * @param result what the rows to come look like
   * @param settled the file's columns, in order; those the result lacks are written as nulls. With
   *     none at all there is no file to write: no byte comes, and no row is taken
   * @param attempt stamped into the file
   * @param timeColumn the column that first and last time are taken of
   * @param memory what is under construction is reserved from it
   * @param out stays the caller's
   * @throws Failure if the file cannot be begun; of kind {@code TRY_AGAIN} if the budget is used up
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
    if (settled.isEmpty()) {
      return new ColumnlessEncoder(result.unknown());
    }
    FileFacts facts =
        new FileFacts(output, result.written(settled), attempt, timeColumn, result.arrow());
    try {
      return switch (output.format()) {
        case PARQUET -> new ParquetEncoder(facts, memory, out);
        case ARROW -> new ArrowEncoder(facts, memory, out);
      };
    } catch (IOException e) {
      throw cannotWrite(attempt, e);
    } catch (OutOfMemoryException e) {
      throw noMemory(attempt, memory, e);
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
            + reason(e)
            + "; nothing was published, the window stays open",
        e);
  }

  /** What the stream itself said, below what the format's library made of it. */
  private static String reason(IOException e) {
    String reason = String.valueOf(e.getMessage());
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        reason = String.valueOf(cause.getMessage());
      }
    }
    return reason;
  }

  /** The process's budget is used up, perhaps only while other runs hold their parts of it. */
  static Failure noMemory(Attempt attempt, BufferAllocator memory, OutOfMemoryException e) {
    return new Failure(
        Failure.Kind.TRY_AGAIN,
        "cannot reserve memory to write window "
            + attempt.window()
            + " of job '"
            + attempt.job()
            + "': "
            + mebibytes(memory.getAllocatedMemory())
            + " are in use; limits.memory is "
            + mebibytes(memory.getLimit())
            + ", raise it or lower limits.runs",
        e);
  }

  static String mebibytes(long bytes) {
    return (bytes >> 20) + "MiB";
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
      Schema arrow) {}
}
