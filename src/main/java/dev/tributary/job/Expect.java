package dev.tributary.job;

import java.util.Map;

/**
 * What a result must fulfil before it is published.
 *
 * @param rows how many it may have
 * @param series how many distinct series it may have
 * @param nullShares written column to the largest share of its rows that may be null, 0 to 1
 * @param warnOnly whether a breach of these is told instead of refused
 * @param guard share of the rows of what is there that a replacement may lose, 0 to 1; always
 *     refused beyond
 */
public record Expect(
    Bounds rows, Bounds series, Map<String, Double> nullShares, boolean warnOnly, double guard) {

  /** Series are counted up to this number, so that memory stays bounded. */
  public static final int MOST_SERIES = 1 << 20;

  /** Any result will do, but it may replace none that has more rows. */
  public static final Expect ANYTHING = new Expect(Bounds.NONE, Bounds.NONE, Map.of(), false, 0);

  public Expect {
    nullShares = Map.copyOf(nullShares);
  }

  /** The same, whatever a replacement loses. */
  public Expect unguarded() {
    return new Expect(rows, series, nullShares, warnOnly, 1);
  }
}
