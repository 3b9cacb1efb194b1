package dev.tributary.inspect;

import dev.tributary.job.Drift;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Counts how rows differ, one key after the other. Of a key's rows that stand against no other, one
 * removed and one added are one changed. Confined to one thread.
 */
final class DriftTally {

  /** Rows of one key that are kept to be paired; of those beyond it only the number is kept. */
  private static final int MOST_KEPT = 1_024;

  private static final int MOST_EXAMPLES = 5;

  private final RowShape shape;
  private final Tolerance tolerance;
  private final Deque<Row> gone = new ArrayDeque<>();
  private final Deque<Row> come = new ArrayDeque<>();
  private final List<String> examples = new ArrayList<>();
  private final long[] changes;
  private final double[] largest;
  private long goneBeyond;
  private long comeBeyond;
  private long added;
  private long removed;
  private long changed;

  DriftTally(RowShape shape, Tolerance tolerance) {
    this.shape = shape;
    this.tolerance = tolerance;
    this.changes = new long[shape.values().size()];
    this.largest = new double[shape.values().size()];
  }

  /** A row that was published and did not come now. */
  void gone(Row row) {
    if (gone.size() < MOST_KEPT) {
      gone.add(row);
    } else {
      goneBeyond++;
    }
  }

  /** A row that came now and was not published. */
  void come(Row row) {
    if (come.size() < MOST_KEPT) {
      come.add(row);
    } else {
      comeBeyond++;
    }
  }

  /** Ends a key: what came and went of it is paired, in the order of its values. */
  void endKey() {
    if (gone.isEmpty() && come.isEmpty()) {
      return;
    }
    while (!gone.isEmpty() && !come.isEmpty()) {
      pair(gone.remove(), come.remove());
    }
    long left = gone.size() + goneBeyond;
    long right = come.size() + comeBeyond;
    gone.stream().limit(MOST_EXAMPLES).forEach(row -> example("removed", row));
    come.stream().limit(MOST_EXAMPLES).forEach(row -> example("added", row));
    long pairs = Math.min(left, right);
    changed += pairs;
    removed += left - pairs;
    added += right - pairs;
    gone.clear();
    come.clear();
    goneBeyond = 0;
    comeBeyond = 0;
  }

  private void pair(Row before, Row after) {
    boolean differs = false;
    for (int i = 0; i < changes.length; i++) {
      if (!tolerance.isOne(before, after, i)) {
        differs = true;
        changes[i]++;
        largest[i] = Math.max(largest[i], Tolerance.apart(before, after, i).orElse(0));
      }
    }
    if (differs) {
      changed++;
      example("changed", before);
    }
  }

  private void example(String what, Row row) {
    if (examples.size() < MOST_EXAMPLES) {
      examples.add((what + " " + shape.text(row)).strip());
    }
  }

  /** All that was counted. */
  Drift drift(long before, long after) {
    List<Drift.ColumnDrift> columns = new ArrayList<>();
    for (int i = 0; i < changes.length; i++) {
      if (changes[i] > 0) {
        OptionalDouble most =
            largest[i] > 0 ? OptionalDouble.of(largest[i]) : OptionalDouble.empty();
        columns.add(new Drift.ColumnDrift(shape.values().get(i), changes[i], most));
      }
    }
    return new Drift(before, after, added, removed, changed, columns, examples);
  }
}
