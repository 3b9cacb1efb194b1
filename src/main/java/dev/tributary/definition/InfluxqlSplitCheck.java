package dev.tributary.definition;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What keeps the windows of a query in InfluxQL from being queried in pieces. */
final class InfluxqlSplitCheck {

  /** They look at the bins around a bin, or at points beyond its edges. */
  static final Set<String> NEIGHBOURS =
      Set.of(
          "chande_momentum_oscillator",
          "cumulative_sum",
          "derivative",
          "difference",
          "double_exponential_moving_average",
          "elapsed",
          "exponential_moving_average",
          "holt_winters",
          "holt_winters_with_fit",
          "integral",
          "kaufmans_adaptive_moving_average",
          "kaufmans_efficiency_ratio",
          "moving_average",
          "non_negative_derivative",
          "non_negative_difference",
          "relative_strength_index",
          "triple_exponential_derivative",
          "triple_exponential_moving_average");

  /** They make one value of one value. */
  private static final Set<String> BY_ROW =
      Set.of(
          "abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "exp", "floor", "ln", "log",
          "log10", "log2", "pow", "round", "sin", "sqrt", "tan");

  private final List<Token> tokens;

  InfluxqlSplitCheck(List<Token> tokens) {
    this.tokens = tokens;
  }

  Optional<String> obstacle() {
    return SplitCheck.has(
            tokens,
            Stream.of("limit", "slimit", "offset", "soffset"),
            ", which counts rows over all bins")
        .or(this::neighbours)
        .or(() -> each(InfluxqlSplitCheck::fill))
        .or(() -> each(InfluxqlSplitCheck::gathers));
  }

  private Optional<String> neighbours() {
    return Call.in(tokens).stream()
        .map(Call::function)
        .filter(NEIGHBOURS::contains)
        .findFirst()
        .map(function -> "calls " + function + "(), which looks beyond a bin");
  }

  private Optional<String> each(Function<SelectClause, Optional<String>> obstacle) {
    return SelectClause.in(tokens).stream().map(obstacle).flatMap(Optional::stream).findFirst();
  }

  /** Rows made up for empty bins depend on which series have rows anywhere else in the window. */
  private static Optional<String> fill(SelectClause select) {
    if (!InfluxqlBins.fillsGaps(select)) {
      return Optional.empty();
    }
    return Optional.of(
        InfluxqlBins.own(select, "fill")
            .map(
                fill ->
                    "has fill("
                        + fill.arguments().get(0).stream()
                            .map(Token::text)
                            .reduce("", String::concat)
                        + "), which fills gaps")
            .orElse("has GROUP BY time without fill(none), which fills gaps with nulls"));
  }

  private static Optional<String> gathers(SelectClause select) {
    if (InfluxqlBins.of(select).isPresent()) {
      return Optional.empty();
    }
    for (List<Token> item : select.items()) {
      if (!item.isEmpty() && item.get(0).is("distinct")) {
        return Optional.of("has DISTINCT without GROUP BY time");
      }
    }
    if (select.tokens().size() > 1 && select.tokens().get(1).is("distinct")) {
      return Optional.of("has DISTINCT without GROUP BY time");
    }
    return select.items().stream()
        .flatMap(item -> Call.in(item).stream())
        .map(Call::function)
        .filter(function -> !BY_ROW.contains(function))
        .findFirst()
        .map(function -> "calls " + function + "() over several bins: without GROUP BY time");
  }
}
