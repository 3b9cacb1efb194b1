package dev.tributary.job;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the rows of a window that was queried again differ from those that were published. Rows are
 * told apart by their columns that are no floating-point numbers: a row whose text, count or time
 * is another one is a row removed and a row added.
 *
 * @param before rows published before
 * @param after rows that came now
 * @param added rows that nothing published stands against
 * @param removed rows that came no more
 * @param changed rows of which floating-point numbers differ by more than the tolerance
 * @param columns those in which rows changed, in the file's order
 * @param examples a few rows, each said in one line: what became of it, and its key
 */
public record Drift(
    long before,
    long after,
    long added,
    long removed,
    long changed,
    List<ColumnDrift> columns,
    List<String> examples) {

  public Drift {
    columns = List.copyOf(columns);
    examples = List.copyOf(examples);
  }

  /**
   * A column of floating-point numbers in which rows changed.
   *
   * @param rows how many; of keys that very many rows share, a lower bound
   * @param largest the largest difference between two numbers; absent when numbers only came or
   *     went, or are not finite
   */
  public record ColumnDrift(String name, long rows, OptionalDouble largest) {}

  /** Whether the rows are the same, within the tolerance. */
  public boolean isNone() {
    return added == 0 && removed == 0 && changed == 0;
  }

  /** The counts, and the column that changed most often, in one line. */
  public String summary() {
    Optional<ColumnDrift> most =
        columns.stream().max((one, other) -> Long.compare(one.rows(), other.rows()));
    return String.format(
            Locale.ROOT,
            "%d rows before, %d after: %d added, %d removed, %d changed",
            before,
            after,
            added,
            removed,
            changed)
        + most.map(Drift::inColumn).orElse("");
  }

  private static String inColumn(ColumnDrift column) {
    String by = column.largest().isPresent() ? " by up to " + column.largest().orElseThrow() : "";
    return ", most in '" + column.name() + "'" + by;
  }
}
