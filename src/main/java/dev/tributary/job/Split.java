package dev.tributary.job;

import java.util.List;
import java.util.Optional;

/**
 * Whether, and where, a job's windows may be queried in pieces.
 *
 * @param when whether the operator allows it
 * @param bins every grid that the query groups by, on whose common boundaries a window may be cut;
 *     none when they are not known
 * @param obstacle why the pieces' rows would not be the whole window's, such as {@code its query
 *     has LIMIT}; absent when nothing is known to stand in the way
 */
public record Split(When when, List<Bin> bins, Optional<String> obstacle) {

  /** Windows are always queried whole. */
  public static final Split NEVER = new Split(When.NEVER, List.of(), Optional.empty());

  public Split {
    bins = List.copyOf(bins);
  }

  /** What the operator says. */
  public enum When {
    /** When a window was refused for its size, and nothing stands in the way. */
    AUTO,
    /** When a window was refused for its size, whatever seems to stand in the way. */
    ALWAYS,
    NEVER
  }
}
