package dev.tributary.plan;

import dev.tributary.job.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a job has to do at an instant.
 *
 * @param due windows to make, oldest first
 * @param conflicts windows that would be due, and overlap a committed window without being equal
 * @param start start of the first window, to be recorded with the grid before the first window;
 *     absent for snapshot jobs and when there is a problem
 * @param problem why nothing is planned at all, a clause for the operator: the definition's grid is
 *     not the recorded one
 */
public record Plan(
    List<Due> due, List<Conflict> conflicts, Optional<Instant> start, Optional<String> problem) {

  public Plan {
    due = List.copyOf(due);
    conflicts = List.copyOf(conflicts);
  }

  static Plan refused(String problem) {
    return new Plan(List.of(), List.of(), Optional.empty(), Optional.of(problem));
  }

  /** A window that can never be published, for part of it already was. */
  public record Conflict(Window window, Window committed) {}
}
