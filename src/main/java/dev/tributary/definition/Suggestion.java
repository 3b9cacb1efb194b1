package dev.tributary.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped word was meant to be. */
final class Suggestion {

  /** Longer words are not typing mistakes, and comparing them would take quadratic time. */
  private static final int LONGEST = 100;

  private Suggestion() {}

  /**
   * The candidate nearest to a word, ties broken by the alphabet: a change of case, or at most a
   * third of the word's letters (and no more than three) inserted, left out, mistaken or swapped
   * with their neighbour.
   */
  static Optional<String> closest(String word, Collection<String> candidates) {
    String folded = word.toLowerCase(Locale.ROOT);
    if (folded.isEmpty() || folded.length() > LONGEST) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(candidate -> candidate.length() <= LONGEST)
        .filter(candidate -> near(folded, candidate.toLowerCase(Locale.ROOT)))
        .min(
            Comparator.<String>comparingInt(
                    candidate -> distance(folded, candidate.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** As the end of a message: {@code ; did you mean 'compression'?}, or nothing. */
  static String hint(String word, Collection<String> candidates) {
    return closest(word, candidates).map(known -> "; did you mean '" + known + "'?").orElse("");
  }

  private static boolean near(String folded, String candidate) {
    int longer = Math.max(folded.length(), candidate.length());
    int most = Math.min(3, longer / 3);
    // a longer word is at least as far away as it is longer
    return Math.abs(folded.length() - candidate.length()) <= most
        && distance(folded, candidate) <= most;
  }

  /** Damerau and Levenshtein's distance in its restricted form. */
  private static int distance(String folded, String other) {
    int[] beforeLast = new int[other.length() + 1];
    int[] last = new int[other.length() + 1];
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= folded.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = folded.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), last[j - 1] + change);
        if (i > 1
            && j > 1
            && folded.charAt(i - 1) == other.charAt(j - 2)
            && folded.charAt(i - 2) == other.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[other.length()];
  }
}
