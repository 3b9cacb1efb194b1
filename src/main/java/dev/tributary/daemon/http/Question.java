package dev.tributary.daemon.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a page.
 *
 * @param place names in the path, by the route's placeholders
 * @param query parameters of the query string, the first of each
 */
record Question(Map<String, String> place, Map<String, String> query) {

  /** Most items of a page. */
  static final int MOST = 1000;

  private static final int USUAL = 100;

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
  }

  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** How many items are wanted; empty when the text is no number within bounds. */
  Optional<Integer> limit() {
    Optional<String> text = parameter("limit");
    if (text.isEmpty()) {
      return Optional.of(USUAL);
    }
    try {
      int limit = Integer.parseInt(text.orElseThrow());
      return limit >= 1 && limit <= MOST ? Optional.of(limit) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
