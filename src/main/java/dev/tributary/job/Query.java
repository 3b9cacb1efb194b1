package dev.tributary.job;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A query as the operator wrote it, with the places of its window bounds.
 *
 * @param language which of the server's two languages it is in
 * @param text the query; never blank
 * @param placeholders every {@code $start} and {@code $end}, in order of offset, none of them
 *     inside a string, a quoted identifier or a comment
 */
public record Query(Language language, String text, List<Placeholder> placeholders) {

  public Query {
    placeholders = List.copyOf(placeholders);
  }

  /** The server's two languages. */
  public enum Language {
    SQL,
    INFLUXQL;

    /** The word in the server's ticket. */
    public String ticketWord() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A window bound; the parameter's name is the word in lower case. */
  public enum Bound {
    START,
    END;

    public String parameter() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** This bound's instant; for a snapshot both are its instant. */
    public Instant of(Window window) {
      return this == START || window.isInstant() ? window.start() : window.end();
    }
  }

  /**
   * A bound in the text.
   *
   * @param offset UTF-16 offset of the dollar sign
   * @param length UTF-16 length, the dollar sign included
   */
  public record Placeholder(Bound bound, int offset, int length) {}

  /** Whether the text has this bound. */
  public boolean uses(Bound bound) {
    return placeholders.stream().anyMatch(placeholder -> placeholder.bound() == bound);
  }

  /** The text with each bound replaced by a quoted RFC 3339 literal. */
  public String withLiterals(Window window) {
    return replaced(window, instant -> "'" + instant + "'");
  }

  private String replaced(Window window, UnaryOperator<String> quote) {
    StringBuilder result = new StringBuilder();
    int from = 0;
    for (Placeholder placeholder : placeholders) {
      result.append(text, from, placeholder.offset());
      result.append(quote.apply(placeholder.bound().of(window).toString()));
      from = placeholder.offset() + placeholder.length();
    }
    return result.append(text, from, text.length()).toString();
  }
}
