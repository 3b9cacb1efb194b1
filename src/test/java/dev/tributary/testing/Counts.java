package dev.tributary.testing;

/** How often a repeated test repeats: few times in every build, many times before a release. */
public final class Counts {

  private Counts() {}

  public static int of(int quick, int full) {
    return "full".equals(System.getProperty("tributary.test.counts")) ? full : quick;
  }
}
