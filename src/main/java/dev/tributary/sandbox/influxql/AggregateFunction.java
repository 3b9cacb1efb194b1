package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.influxql.InfluxqlResult.ValueType;
import dev.tributary.sandbox.table.ColumnKind;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function of the values of one column. A selector chooses one of them, and so one point. */
enum AggregateFunction {
  COUNT,
  SUM,
  MEAN,
  MEDIAN,
  SPREAD,
  STDDEV,
  MIN,
  MAX,
  FIRST,
  LAST;

  static Optional<AggregateFunction> named(String name) {
    for (AggregateFunction each : values()) {
      if (each.name().equals(name.toUpperCase(Locale.ROOT))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  boolean isSelector() {
    return this == MIN || this == MAX || this == FIRST || this == LAST;
  }

  /** Whether it has an answer for such columns. */
  boolean accepts(ColumnKind kind) {
    if (kind == ColumnKind.TAG || kind == ColumnKind.TIME) {
      return false;
    }
    return switch (this) {
      case COUNT, FIRST, LAST -> true;
      case MIN, MAX -> kind != ColumnKind.STRING;
      case SUM, MEAN, MEDIAN, SPREAD, STDDEV ->
          kind != ColumnKind.STRING && kind != ColumnKind.BOOLEAN;
    };
  }

  /** What type its answer has. */
  ValueType type(ColumnKind kind) {
    return switch (this) {
      case COUNT -> ValueType.INT64;
      case MEAN, MEDIAN, STDDEV -> ValueType.DOUBLE;
      case SUM, SPREAD, MIN, MAX, FIRST, LAST -> Projection.type(kind);
    };
  }

  /**
   * The answer of a function that is no selector.
   *
   * @param samples in the order of time
   */
  @Nullable Object combine(List<Sample> samples) {
    if (this == COUNT) {
      return (long) samples.size();
    }
    if (samples.isEmpty()) {
      return null;
    }
    return switch (this) {
      case SUM -> sum(samples);
      case MEAN -> total(samples) / samples.size();
      case MEDIAN -> median(samples);
      case SPREAD -> difference(MAX.choose(samples).number(), MIN.choose(samples).number());
      case STDDEV -> deviation(samples);
      case COUNT, MIN, MAX, FIRST, LAST -> choose(samples).value();
    };
  }

  /**
   * The point that a selector chooses: of equal values the earliest; of several points at the last
   * time that of the largest value.
   *
   * @param samples at least one, in the order of time
   */
  Sample choose(List<Sample> samples) {
    Sample chosen = samples.get(0);
    for (Sample each : samples) {
      int order = compare(each.value(), chosen.value());
      boolean better =
          switch (this) {
            case MIN -> order < 0;
            case MAX -> order > 0;
            case LAST -> each.time() > chosen.time() || order > 0;
            case FIRST, COUNT, SUM, MEAN, MEDIAN, SPREAD, STDDEV -> false;
          };
      if (better) {
        chosen = each;
      }
    }
    return chosen;
  }

  private static int compare(Object left, Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Arithmetic.compare(a, b);
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return a.compareTo(b);
    }
    return left.toString().compareTo(right.toString());
  }

  private static double total(List<Sample> samples) {
    double total = 0;
    for (Sample each : samples) {
      total += each.number().doubleValue();
    }
    return total;
  }

  private static Object sum(List<Sample> samples) {
    Object first = samples.get(0).value();
    if (first instanceof Double) {
      return total(samples);
    }
    BigInteger sum = BigInteger.ZERO;
    for (Sample each : samples) {
      sum = sum.add(new BigInteger(each.value().toString()));
    }
    return first instanceof Long ? (Object) sum.longValue() : (Object) sum;
  }

  private static Object difference(Number largest, Number smallest) {
    if (largest instanceof Long a && smallest instanceof Long b) {
      return a - b;
    }
    if (largest instanceof BigInteger a && smallest instanceof BigInteger b) {
      return a.subtract(b);
    }
    return largest.doubleValue() - smallest.doubleValue();
  }

  private static double median(List<Sample> samples) {
    double[] sorted =
        samples.stream().mapToDouble(each -> each.number().doubleValue()).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static @Nullable Double deviation(List<Sample> samples) {
    if (samples.size() < 2) {
      return null;
    }
    double mean = 0;
    double squares = 0;
    int count = 0;
    for (Sample each : samples) {
      count++;
      double distance = each.number().doubleValue() - mean;
      mean += distance / count;
      squares += distance * (each.number().doubleValue() - mean);
    }
    return Math.sqrt(squares / (count - 1));
  }
}
