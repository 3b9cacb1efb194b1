package dev.tributary.job;

/**
 * Bounds of a count, both inclusive.
 *
 * @param least never negative
 * @param most {@link Long#MAX_VALUE} means unbounded
 */
public record Bounds(long least, long most) {

  /** What every count keeps to. */
  public static final Bounds NONE = new Bounds(0, Long.MAX_VALUE);

  public Bounds {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException("bounds " + least + " to " + most);
    }
  }

  public boolean hold(long count) {
    return count >= least && count <= most;
  }

  /** The same in words: {@code at least 3}. */
  @Override
  public String toString() {
    if (most == Long.MAX_VALUE) {
      return "at least " + least;
    }
    if (most == least) {
      return "exactly " + least;
    }
    return least == 0 ? "at most " + most : least + " to " + most;
  }
}
