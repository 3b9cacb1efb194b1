package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.influxql.InfluxqlResult.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The points of one series, bin by bin, and what the functions make of each bin. */
final class BinnedSeries {

  private static final int MOST_BINS = 1_000_000;

  private final Measurement measurement;
  private final Fill fill;
  private final boolean filled;
  private final List<Long> begins = new ArrayList<>();
  private final List<List<Integer>> rows = new ArrayList<>();
  private final Map<Expression.Call, List<@Nullable Object>> values = new HashMap<>();
  private final Map<Integer, Sample> chosen = new HashMap<>();

  /** Without bins all points are in one, which begins where the time asked for begins. */
  BinnedSeries(
      Measurement measurement, Series series, Fill fill, TimeRange range, Optional<Bins> bins)
      throws InfluxqlRefusal {
    this.measurement = measurement;
    this.fill = fill;
    this.filled = bins.isPresent() && fill.addsBins();
    SortedMap<Long, List<Integer>> all = new TreeMap<>();
    for (int row : series.rows()) {
      long time = measurement.time(row);
      long begin = bins.isPresent() ? bins.get().of(time) : range.lower().orElse(0);
      all.computeIfAbsent(begin, none -> new ArrayList<>()).add(row);
    }
    if (filled && !series.rows().isEmpty()) {
      long first = range.lower().orElse(measurement.time(series.rows().get(0)));
      long last = range.upper().orElseThrow();
      for (long begin : bins.orElseThrow().between(first, last, MOST_BINS)) {
        all.computeIfAbsent(begin, none -> new ArrayList<>());
      }
    }
    all.forEach(
        (begin, inside) -> {
          begins.add(begin);
          rows.add(inside);
        });
  }

  int size() {
    return begins.size();
  }

  long begin(int bin) {
    return begins.get(bin);
  }

  /** When the point lies that a selector chose, or the bin's beginning if there is none. */
  long chosenTime(int bin) {
    Sample sample = chosen.get(bin);
    return sample == null ? begin(bin) : sample.time();
  }

  /** Computes a function for every bin, and fills where it has no answer. */
  void add(Expression.Call call, AggregateFunction function, String column, ValueType type) {
    boolean known = measurement.hasField(column);
    List<@Nullable Object> answers = new ArrayList<>();
    for (int bin = 0; bin < rows.size(); bin++) {
      answers.add(known ? answer(function, bin, column) : null);
    }
    if (filled && known) {
      fill.fill(answers, type);
      if (function == AggregateFunction.COUNT && fill == Fill.Named.NULL) {
        answers.replaceAll(answer -> answer == null ? (Object) 0L : answer);
      }
    }
    values.put(call, answers);
  }

  private @Nullable Object answer(AggregateFunction function, int bin, String column) {
    if (rows.get(bin).isEmpty()) {
      return null;
    }
    List<Sample> samples = new ArrayList<>();
    for (int row : rows.get(bin)) {
      Object value = measurement.value(row, column);
      if (value != null) {
        samples.add(new Sample(value, row, measurement.time(row)));
      }
    }
    if (!function.isSelector()) {
      return function.combine(samples);
    }
    if (samples.isEmpty()) {
      return null;
    }
    Sample choice = function.choose(samples);
    chosen.put(bin, choice);
    return choice.value();
  }

  /**
   * What columns and functions come to in one bin.
   *
   * @param selector whose point gives the columns
   */
  Evaluation evaluation(int bin, Optional<Expression.Call> selector) {
    Sample sample = selector.isPresent() ? chosen.get(bin) : null;
    return new Evaluation(
        column -> sample == null ? null : measurement.value(sample.row(), column),
        call -> {
          List<@Nullable Object> answers = values.get(call);
          return answers == null ? null : answers.get(bin);
        });
  }
}
