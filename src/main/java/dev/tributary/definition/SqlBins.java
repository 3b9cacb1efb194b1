package dev.tributary.definition;

import dev.tributary.job.Bin;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the grids of {@code DATE_BIN} and its kin from a query in SQL. */
final class SqlBins {

  private static final Set<String> FUNCTIONS =
      Set.of("date_bin", "date_bin_gapfill", "date_bin_wallclock", "date_bin_wallclock_gapfill");

  private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

  private SqlBins() {}

  static boolean isBin(Call call) {
    return FUNCTIONS.contains(call.function());
  }

  static boolean fillsGaps(Call call) {
    return isBin(call) && call.function().endsWith("_gapfill");
  }

  static List<BinReading> in(List<Token> tokens) {
    return Call.in(tokens).stream().filter(SqlBins::isBin).map(SqlBins::reading).toList();
  }

  private static BinReading reading(Call call) {
    List<List<Token>> arguments = call.arguments();
    if (arguments.size() < 2 || arguments.size() > 3) {
      return BinReading.unreadable(call, "it has " + arguments.size() + " arguments, not 2 or 3");
    }
    Optional<Interval> interval = interval(arguments.get(0));
    if (interval.isEmpty()) {
      return BinReading.unreadable(call, "its interval is not a literal such as '1 hour'");
    }
    if (!interval.get().isBin()) {
      return BinReading.unreadable(
          call, "its interval must be longer than nothing, and months go with nothing else");
    }
    List<Token> origin = arguments.size() == 3 ? arguments.get(2) : List.of();
    return call.function().startsWith("date_bin_wallclock")
        ? wallclock(call, interval.get(), origin)
        : utc(call, interval.get(), origin);
  }

  private static BinReading utc(Call call, Interval interval, List<Token> origin) {
    Optional<Instant> instant =
        origin.isEmpty()
            ? Optional.of(Instant.EPOCH)
            : timestamp(origin).flatMap(text -> TimestampText.parse(text, ZoneOffset.UTC));
    return instant
        .map(from -> new Bin(interval.length(), interval.months(), from, Optional.empty()))
        .map(bin -> BinReading.of(call, bin))
        .orElseGet(() -> BinReading.unreadable(call, "its origin is not a literal timestamp"));
  }

  private static BinReading wallclock(Call call, Interval interval, List<Token> origin) {
    if (interval.months() > 0) {
      return BinReading.unreadable(call, "bins by the wall clock cannot be counted in months");
    }
    Optional<ZoneId> zone = zone(call.arguments().get(1));
    if (zone.isEmpty()) {
      return BinReading.unreadable(call, "its time is not tz(column, 'Zone') with a known zone");
    }
    Optional<LocalDateTime> local =
        origin.isEmpty()
            ? Optional.of(EPOCH)
            : timestamp(origin).flatMap(TimestampText::parseLocal);
    return local
        .map(from -> from.atZone(zone.get()).toInstant())
        .map(from -> new Bin(interval.length(), 0, from, zone))
        .map(bin -> BinReading.of(call, bin))
        .orElseGet(
            () ->
                BinReading.unreadable(call, "its origin is not a literal timestamp without zone"));
  }

  /** {@code tz(time, 'Zone')}, {@code tz(time)}, {@code time AT TIME ZONE 'Zone'}. */
  private static Optional<ZoneId> zone(List<Token> time) {
    int size = time.size();
    if (size > 4
        && time.get(size - 4).is("at")
        && time.get(size - 3).is("time")
        && time.get(size - 2).is("zone")) {
      return literal(time.subList(size - 1, size)).flatMap(TimestampText::zone);
    }
    List<Call> calls = Call.in(time);
    if (calls.isEmpty()
        || !calls.get(0).is("tz")
        || !calls.get(0).name().equals(time.get(0))
        || calls.get(0).end() != time.get(size - 1).end()) {
      return Optional.empty();
    }
    List<List<Token>> arguments = calls.get(0).arguments();
    return switch (arguments.size()) {
      case 1 -> Optional.of(ZoneOffset.UTC);
      case 2 -> literal(arguments.get(1)).flatMap(TimestampText::zone);
      default -> Optional.empty();
    };
  }

  /** {@code INTERVAL '1 hour'}, {@code INTERVAL '1' hour}, {@code INTERVAL 1 HOUR}, a string. */
  private static Optional<Interval> interval(List<Token> tokens) {
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    if (!tokens.get(0).is("interval")) {
      return literal(uncast(tokens, "interval")).flatMap(IntervalText::sql);
    }
    List<Token> rest = tokens.subList(1, tokens.size());
    Optional<String> amount = rest.isEmpty() ? Optional.empty() : amount(rest.get(0));
    return switch (rest.size()) {
      // the server counts seconds where the text names no unit
      case 1 ->
          amount.flatMap(
              text -> IntervalText.sql(text).or(() -> IntervalText.sql(text + " seconds")));
      case 2 ->
          amount
              .filter(text -> rest.get(1).kind() == Token.Kind.WORD)
              .flatMap(text -> IntervalText.sql(text + " " + rest.get(1).text()));
      default -> Optional.empty();
    };
  }

  private static Optional<String> amount(Token token) {
    return token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.NUMBER
        ? Optional.of(token.content())
        : Optional.empty();
  }

  /**
   * {@code TIMESTAMP '…'}, {@code DATE '…'}, {@code to_timestamp('…')}, {@code '…'::timestamp}, a
   * string.
   */
  private static Optional<String> timestamp(List<Token> tokens) {
    boolean typed = tokens.size() == 2 && tokens.get(0).kind() == Token.Kind.WORD;
    if (typed && (tokens.get(0).is("timestamp") || tokens.get(0).is("date"))) {
      return literal(tokens.subList(1, 2));
    }
    if (tokens.size() == 4 && tokens.get(0).is("to_timestamp") && tokens.get(1).isSymbol("(")) {
      return literal(tokens.subList(2, 3));
    }
    return literal(uncast(tokens, "timestamp"));
  }

  private static List<Token> uncast(List<Token> tokens, String type) {
    return tokens.size() == 3 && tokens.get(1).isSymbol("::") && tokens.get(2).is(type)
        ? tokens.subList(0, 1)
        : tokens;
  }

  private static Optional<String> literal(List<Token> tokens) {
    return tokens.size() == 1 && tokens.get(0).kind() == Token.Kind.STRING
        ? Optional.of(tokens.get(0).content())
        : Optional.empty();
  }
}
