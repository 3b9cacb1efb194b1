package dev.tributary.definition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Reads timestamps as both query languages write them in quotes. */
final class TimestampText {

  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[' ']")
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private TimestampText() {}

  /**
   * Reads {@code 2026-01-01}, {@code 2026-01-01 06:00}, {@code 2026-01-01T06:00:00Z}.
   *
   * @param zone where a timestamp without an offset is meant; where the clock repeats an hour, its
   *     first pass
   */
  static Optional<Instant> parse(String text, ZoneId zone) {
    return read(text)
        .map(
            read ->
                read instanceof OffsetDateTime absolute
                    ? absolute.toInstant()
                    : local(read).atZone(zone).toInstant());
  }

  /** Reads a timestamp that names no offset; its absence is then part of what it says. */
  static Optional<LocalDateTime> parseLocal(String text) {
    return read(text).filter(read -> !(read instanceof OffsetDateTime)).map(TimestampText::local);
  }

  /** A zone of the time-zone database, or an offset. */
  static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LocalDateTime local(TemporalAccessor read) {
    return read instanceof LocalDateTime local ? local : LocalDate.from(read).atStartOfDay();
  }

  private static Optional<TemporalAccessor> read(String text) {
    try {
      return Optional.of(
          FORM.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
