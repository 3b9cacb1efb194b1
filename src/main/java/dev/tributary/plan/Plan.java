package dev.tributary.plan;

import dev.tributary.job.Grid;
import dev.tributary.job.Window;
import java.util.List;

/**
 * What is to be done for a windowed job, and why some windows are not.
 *
 * @param grid to record before the first window
 * @param due in the order to work through: what was open first, oldest first, then what failed
 * @param conflicts windows that a committed window overlaps without being equal to them, which are
 *     never published
 */
public record Plan(Grid grid, List<Due> due, List<Window> conflicts) {

  public Plan {
    due = List.copyOf(due);
    conflicts = List.copyOf(conflicts);
  }
}
