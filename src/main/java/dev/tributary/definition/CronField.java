package dev.tributary.definition;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The fields of a cron expression, in their order, with the values that each may hold. */
enum CronField {
  MINUTE("minute", 0, 59),
  HOUR("hour", 0, 23),
  DAY_OF_MONTH("day of month", 1, 31),
  MONTH("month", 1, 12),
  /** Both 0 and 7 are Sunday. */
  DAY_OF_WEEK("day of week", 0, 7);

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private final String words;
  private final int least;
  private final int most;

  CronField(String words, int least, int most) {
    this.words = words;
    this.least = least;
    this.most = most;
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  /** The value of a name such as {@code mon}, case aside. */
  OptionalInt named(String text) {
    int index = names().indexOf(text.toLowerCase(Locale.ROOT));
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + least);
  }

  /** As a message says what the field may hold. */
  String bounds() {
    String numbers = words + " must be " + least + " to " + most;
    List<String> names = names();
    return names.isEmpty()
        ? numbers
        : numbers + " or " + names.get(0) + " to " + names.get(names.size() - 1);
  }

  /** As the end of a message about a word that is not a name. */
  String hint(String word) {
    return Suggestion.hint(word, names());
  }

  private List<String> names() {
    return switch (this) {
      case MINUTE, HOUR, DAY_OF_MONTH -> List.of();
      case MONTH -> MONTHS;
      case DAY_OF_WEEK -> DAYS;
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
