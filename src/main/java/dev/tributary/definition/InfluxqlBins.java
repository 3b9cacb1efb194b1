package dev.tributary.definition;

import dev.tributary.job.Bin;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the grids of {@code GROUP BY time(…)} from a query in InfluxQL. */
final class InfluxqlBins {

  private InfluxqlBins() {}

  static List<BinReading> in(List<Token> tokens) {
    boolean anyZone = Call.in(tokens).stream().anyMatch(call -> call.is("tz"));
    List<BinReading> readings = new ArrayList<>();
    for (SelectClause select : SelectClause.in(tokens)) {
      Optional<Call> zone = own(select, "tz");
      of(select)
          .map(
              call ->
                  anyZone && zone.isEmpty()
                      ? BinReading.unreadable(
                          call, "tz() belongs to another SELECT than the one it is in")
                      : reading(call, zone))
          .ifPresent(readings::add);
    }
    return readings;
  }

  /** The call that bins this SELECT itself. */
  static Optional<Call> of(SelectClause select) {
    return Call.in(select.grouping()).stream()
        .filter(call -> call.is("time") && call.name().depth() == select.depth())
        .findFirst();
  }

  /** Whether empty bins become rows, which without {@code fill(…)} they do. */
  static boolean fillsGaps(SelectClause select) {
    return of(select).isPresent()
        && own(select, "fill")
            .filter(fill -> fill.arguments().get(0).stream().anyMatch(token -> token.is("none")))
            .isEmpty();
  }

  /** A call of the statement itself, such as {@code fill(none)} or {@code tz('Zone')}. */
  static Optional<Call> own(SelectClause select, String function) {
    return Call.in(select.tokens()).stream()
        .filter(call -> call.is(function) && call.name().depth() == select.depth())
        .reduce((first, second) -> second);
  }

  private static BinReading reading(Call call, Optional<Call> tz) {
    Optional<ZoneId> zone =
        tz.flatMap(clause -> literal(clause.arguments().get(0), Token.Kind.STRING))
            .flatMap(TimestampText::zone);
    if (tz.isPresent() && zone.isEmpty()) {
      return BinReading.unreadable(call, "the zone in tz() is unknown");
    }
    Optional<Interval> interval =
        literal(call.arguments().get(0), Token.Kind.NUMBER)
            .flatMap(IntervalText::influxql)
            .filter(Interval::isBin);
    if (interval.isEmpty() || call.arguments().size() > 2) {
      return BinReading.unreadable(call, "its interval is not a literal such as 1h");
    }
    List<Token> offset = call.arguments().size() == 2 ? call.arguments().get(1) : List.of();
    return origin(offset, zone.orElse(ZoneOffset.UTC))
        .map(from -> new Bin(interval.get().length(), 0, from, zone))
        .map(bin -> BinReading.of(call, bin))
        .orElseGet(() -> BinReading.unreadable(call, "its offset is not a literal such as 15m"));
  }

  private static Optional<Instant> origin(List<Token> offset, ZoneId zone) {
    if (offset.isEmpty()) {
      return shifted(Duration.ZERO, zone);
    }
    boolean negative = offset.get(0).isSymbol("-");
    List<Token> amount = negative ? offset.subList(1, offset.size()) : offset;
    if (!negative && literal(amount, Token.Kind.STRING).isPresent()) {
      return literal(amount, Token.Kind.STRING).flatMap(text -> TimestampText.parse(text, zone));
    }
    return literal(amount, Token.Kind.NUMBER)
        .flatMap(IntervalText::influxql)
        .map(Interval::length)
        .flatMap(length -> shifted(negative ? length.negated() : length, zone));
  }

  /** The epoch by the zone's wall clock, and so much later by the same clock. */
  private static Optional<Instant> shifted(Duration offset, ZoneId zone) {
    try {
      return Optional.of(LocalDate.EPOCH.atStartOfDay().plus(offset).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> literal(List<Token> tokens, Token.Kind kind) {
    return tokens.size() == 1 && tokens.get(0).kind() == kind
        ? Optional.of(tokens.get(0).content())
        : Optional.empty();
  }
}
