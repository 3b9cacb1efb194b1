package dev.tributary.sandbox.influxql;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A {@code SELECT} statement as it was written, parameters put in. */
record Select(
    List<Field> fields,
    List<Source> from,
    Optional<Condition> where,
    Grouping groupBy,
    Fill fill,
    boolean descending,
    OptionalLong limit,
    long offset,
    Optional<ZoneId> zone) {

  Select {
    fields = List.copyOf(fields);
    from = List.copyOf(from);
  }

  /** What is asked for, and the name it is given. */
  record Field(Expression expression, Optional<String> alias) {}

  /** Measurements: one by its name, or all that match. */
  record Source(Optional<String> name, Optional<Pattern> pattern) {

    boolean matches(String measurement) {
      return name.map(measurement::equals)
          .or(() -> pattern.map(regex -> regex.matcher(measurement).find()))
          .orElse(false);
    }
  }

  /**
   * What rows are gathered by.
   *
   * @param time bins, if any
   * @param tags names of tags
   * @param patterns that add the tags they match
   */
  record Grouping(Optional<TimeBins> time, List<String> tags, List<Pattern> patterns) {
    static final Grouping NONE = new Grouping(Optional.empty(), List.of(), List.of());

    Grouping {
      tags = List.copyOf(tags);
      patterns = List.copyOf(patterns);
    }
  }

  /** {@code time(length, offset)}: the offset not yet a number, since it may name an instant. */
  record TimeBins(long nanos, Optional<Expression> offset) {}
}
