package dev.tributary.inspect;

import dev.tributary.job.Column;
import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.query.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * Compares rows, whatever their order, with a tolerance for floating-point numbers: both sides are
 * sorted, in files where memory does not hold them, and go by each other once. Safe for use by
 * several threads.
 */
public final class RowComparison {

  /** What one side's rows take of the heap at most, and no more than this share of the budget. */
  private static final long MOST_BYTES = 32L << 20;

  private static final int SHARE = 8;
  private static final long LEAST_BYTES = 64L << 10;
  private static final int SIDES = 2;

  private final Memory memory;
  private final long most;

  /** Compares within the process's budget, from which each comparison reserves. */
  public RowComparison(Memory memory) {
    this(memory, Math.min(MOST_BYTES, memory.allocator().getLimit() / SHARE));
  }

  /**
   * Compares with less.
   *
   * @param most bytes of one side's rows to hold at a time
   */
  RowComparison(Memory memory, long most) {
    this.memory = memory;
    this.most = Math.max(most, LEAST_BYTES);
  }

  /**
   * The files of a window, and their columns with those of their folders.
   *
   * @param columns as a manifest has them
   * @param files none for a window without rows
   */
  public record Side(List<Column> columns, List<RowFile> files) {
    public Side {
      columns = List.copyOf(columns);
      files = List.copyOf(files);
    }
  }

  /**
   * Reads both sides and says how they differ.
   *
   * @param scratch a folder of the caller's for rows that memory does not hold; left empty
   * @throws Failure of kind {@code REFUSED} if a file cannot be read; of kind {@code TRY_AGAIN} if
   *     the memory budget is used up; of kind {@code CANNOT_WRITE} if the folder is full
   */
  @SuppressWarnings("try") // the reservation is only held
  public Drift compare(Side before, Side after, Path scratch) throws Failure {
    RowShape shape = RowShape.of(after.columns(), before.columns());
    Tolerance tolerance = new Tolerance(shape.values().size());
    int columns = shape.values().size();
    try (BufferAllocator reserved =
            memory.allocator().newChildAllocator("comparison", SIDES * most, SIDES * most);
        RowSort old = new RowSort(scratch, most, columns);
        RowSort now = new RowSort(scratch, most, columns)) {
      gather(before, shape, tolerance, old);
      gather(after, shape, tolerance, now);
      DriftTally tally = new DriftTally(shape, tolerance);
      merge(old.sorted(), now.sorted(), tolerance, tally);
      return tally.drift(old.rows(), now.rows());
    } catch (OutOfMemoryException e) {
      throw new Failure(
          Failure.Kind.TRY_AGAIN,
          "cannot reserve memory to compare rows: the budget is used up",
          e);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.CANNOT_WRITE,
          "cannot sort rows in '" + scratch + "': " + e.getMessage() + "; nothing was published",
          e);
    }
  }

  private void gather(Side side, RowShape shape, Tolerance tolerance, RowSort sort)
      throws Failure, IOException {
    for (RowFile file : side.files()) {
      FileFormat format =
          file.format() == Output.Format.ARROW ? FileFormat.ARROW_IPC : FileFormat.PARQUET;
      try (FileRows rows = new FileRows(file.path(), format, memory.allocator())) {
        while (rows.next()) {
          RowShape.Batch batch = shape.new Batch(rows.batch(), file.folders());
          for (int i = 0; i < rows.rows(); i++) {
            Row row = batch.row(i);
            tolerance.add(row);
            sort.add(row);
          }
        }
      } catch (Failure unreadable) {
        throw new Failure(
            unreadable.kind(),
            "cannot compare rows: '"
                + file.path().getFileName()
                + "': "
                + unreadable.sentence()
                + "; run 'verify'",
            unreadable);
      }
    }
  }

  /** Both sides go by each other: what stands on one of them only came or went. */
  private static void merge(
      RowSort.Rows old, RowSort.Rows now, Tolerance tolerance, DriftTally tally)
      throws IOException {
    Optional<Row> left = old.next();
    Optional<Row> right = now.next();
    Optional<Row> key = Optional.empty();
    while (left.isPresent() || right.isPresent()) {
      int step = step(left, right, tolerance);
      Row next = (step <= 0 ? left : right).orElseThrow();
      if (key.isPresent() && key.orElseThrow().compareKeys(next) != 0) {
        tally.endKey();
      }
      key = Optional.of(next);
      if (step < 0) {
        tally.gone(next);
      } else if (step > 0) {
        tally.come(next);
      }
      left = step <= 0 ? old.next() : left;
      right = step >= 0 ? now.next() : right;
    }
    tally.endKey();
  }

  private static int step(Optional<Row> left, Optional<Row> right, Tolerance tolerance) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isPresent() ? -1 : 1;
    }
    int byKey = left.orElseThrow().compareKeys(right.orElseThrow());
    return byKey != 0 ? byKey : tolerance.compare(left.orElseThrow(), right.orElseThrow());
  }
}
