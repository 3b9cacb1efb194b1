package dev.tributary.plan;

import dev.tributary.job.Bin;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts windows where no bin of a query has rows on both sides, so that the rows of the pieces are
 * those of the whole. Immutable.
 */
public final class Halving {

  /** The bins of a query, those with the fewest boundaries first. */
  private final List<BinGrid> grids;

  /**
   * @param bins every grid that the query groups by
   * @throws IllegalArgumentException if there is none
   */
  public Halving(List<Bin> bins) {
    if (bins.isEmpty()) {
      throw new IllegalArgumentException("windows without bins have no boundaries to be cut at");
    }
    this.grids =
        bins.stream()
            .sorted(Comparator.comparing(Halving::roughLength).reversed())
            .map(BinGrid::new)
            .toList();
  }

  private static Duration roughLength(Bin bin) {
    return bin.months() > 0 ? Duration.ofDays(28L * bin.months()) : bin.length();
  }

  /**
   * Two pieces, as alike in length as the bins allow.
   *
   * @return both, older first, or the window alone if it holds no boundary that every bin shares
   */
  public List<Window> halves(Window window) {
    Duration half = Duration.between(window.start(), window.end()).dividedBy(2);
    Instant middle = window.start().plus(half);
    BinGrid widest = grids.get(0);
    Instant before = widest.cutAtOrBefore(middle);
    Instant after = widest.cutAfter(middle);
    while (before.isAfter(window.start()) || after.isBefore(window.end())) {
      boolean nearer =
          Duration.between(before, middle).compareTo(Duration.between(middle, after)) <= 0;
      Instant cut = nearer ? before : after;
      if (isInside(cut, window) && grids.stream().allMatch(grid -> grid.isCut(cut))) {
        return List.of(new Window(window.start(), cut), new Window(cut, window.end()));
      }
      if (nearer) {
        before = widest.cutAtOrBefore(before.minusNanos(1));
      } else {
        after = widest.cutAfter(after);
      }
    }
    return List.of(window);
  }

  private static boolean isInside(Instant cut, Window window) {
    return cut.isAfter(window.start()) && cut.isBefore(window.end());
  }

  /** The window halved as often as it takes until no piece is longer, or each is one bin. */
  public List<Window> pieces(Window window, Duration longest) {
    if (Duration.between(window.start(), window.end()).compareTo(longest) <= 0) {
      return List.of(window);
    }
    List<Window> halves = halves(window);
    if (halves.size() == 1) {
      return halves;
    }
    List<Window> pieces = new ArrayList<>();
    halves.forEach(half -> pieces.addAll(pieces(half, longest)));
    return List.copyOf(pieces);
  }
}
