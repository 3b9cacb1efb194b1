package dev.tributary.definition;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The fields of a cron expression, in their order, with the values that each may hold. */
enum CronField {
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY_OF_MONTH("day of month", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of(
          "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
  /** Both 0 and 7 are Sunday. */
  DAY_OF_WEEK("day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

  private final String words;
  private final int least;
  private final int most;
  private final List<String> names;

  CronField(String words, int least, int most, List<String> names) {
    this.words = words;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  /** The value of a name such as {@code mon}, case aside. */
  OptionalInt named(String text) {
    int index = names.indexOf(text.toLowerCase(Locale.ROOT));
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + least);
  }

  /** As a message names it, with its bounds. */
  String bounds() {
    String numbers = words + " must be " + least + " to " + most;
    return names.isEmpty()
        ? numbers
        : numbers + " or " + names.get(0) + " to " + names.get(names.size() - 1);
  }

  /** For a word that is not a name. */
  String hint(String word) {
    return Suggestion.hint(word, names);
  }

  @Override
  public String toString() {
    return words;
  }
}
