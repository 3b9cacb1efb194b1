package dev.tributary.definition;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Words, and whether others are spelt like them. Ten thousand jobs write the same few keys, so it
 * remembers what it was asked. Safe for use by several threads.
 */
final class Vocabulary {

  /** Answers remembered; a definition has far fewer keys, unless somebody means ill. */
  private static final int MOST_REMEMBERED = 1_000;

  private final List<String> words;
  private final Set<String> exact;
  private final Map<String, Boolean> answers = new ConcurrentHashMap<>();

  Vocabulary(Collection<String> words) {
    this.words = List.copyOf(words);
    this.exact = Set.copyOf(words);
  }

  boolean contains(String word) {
    return exact.contains(word);
  }

  /** Whether a word is one of these, or may be one of them mistyped. */
  boolean isNear(String word) {
    Boolean known = answers.get(word);
    if (known != null) {
      return known;
    }
    boolean near = Suggestion.closest(word, words).isPresent();
    if (answers.size() < MOST_REMEMBERED) {
      answers.put(word, near);
    }
    return near;
  }
}
