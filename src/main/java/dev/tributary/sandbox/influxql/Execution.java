package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.influxql.InfluxqlResult.ValueType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads the measurements of one statement, series by series. */
final class Execution {

  private final Select select;
  private final Projection projection;
  private final TimeRange range;
  private final Optional<Bins> bins;
  private final Types types;

  /** Plans a statement over measurements of which each has a field that it asks for. */
  Execution(Select select, Projection projection, List<Measurement> measurements, long now)
      throws InfluxqlRefusal {
    this.select = select;
    this.projection = projection;
    this.types = new Types(measurements);
    ZoneId zone = select.zone().orElse(ZoneOffset.UTC);
    TimeExpression times = new TimeExpression(now, zone);
    TimeRange asked = TimeRange.of(select.where(), times);
    if (select.groupBy().time().isPresent()) {
      Select.TimeBins written = select.groupBy().time().get();
      this.range = asked.endingBy(now);
      this.bins = Optional.of(new Bins(zone, written.nanos(), offset(written, times)));
    } else {
      this.range = asked;
      this.bins = Optional.empty();
    }
  }

  private static long offset(Select.TimeBins bins, TimeExpression times) throws InfluxqlRefusal {
    try {
      return bins.offset().isPresent() ? times.nanos(bins.offset().get()) : 0;
    } catch (TimeExpression.Invalid e) {
      throw InfluxqlRefusal.planning("Error during planning: " + e.getMessage());
    }
  }

  /** All rows of one measurement, in the order of the answer. */
  List<Row> rows(Measurement measurement) throws InfluxqlRefusal {
    IntPredicate fulfils =
        range.rest().isPresent() ? range.rest().get().fold(new Filter(measurement)) : row -> true;
    List<String> fields = projection.fields(measurement);
    IntPredicate wanted =
        row ->
            range.contains(measurement.time(row))
                && fields.stream().anyMatch(field -> measurement.value(row, field) != null)
                && fulfils.test(row);
    List<Row> all = new ArrayList<>();
    for (Series series : Series.of(measurement, projection.groupTags(), wanted)) {
      List<Row> rows =
          projection.isRaw() ? raw(measurement, series) : combined(measurement, series);
      rows.stream()
          .skip(select.offset())
          .limit(select.limit().orElse(Long.MAX_VALUE))
          .forEach(all::add);
    }
    return all;
  }

  private List<Row> raw(Measurement measurement, Series series) {
    Comparator<Integer> order = Comparator.comparingLong(measurement::time);
    if (select.descending()) {
      order = order.reversed();
    }
    for (String tag : projection.selectedTags(measurement)) {
      order =
          order.thenComparing(
              (a, b) ->
                  Objects.compare(
                      measurement.tag(a, tag),
                      measurement.tag(b, tag),
                      Comparator.nullsLast(Comparator.naturalOrder())));
    }
    List<Row> rows = new ArrayList<>();
    for (int row : series.rows().stream().sorted(order).toList()) {
      List<@Nullable Object> values = new ArrayList<>();
      Evaluation evaluation =
          new Evaluation(column -> measurement.value(row, column), call -> null);
      for (Projection.Output output : projection.outputs()) {
        values.add(output.expression().fold(evaluation));
      }
      rows.add(new Row(measurement.name(), series.group(), measurement.time(row), values));
    }
    return rows;
  }

  private List<Row> combined(Measurement measurement, Series series) throws InfluxqlRefusal {
    BinnedSeries binned = new BinnedSeries(measurement, series, select.fill(), range, bins);
    for (Expression.Call call : projection.calls()) {
      ValueType type = call.fold(types);
      binned.add(call, Projection.function(call), Projection.argument(call), type);
    }
    boolean ownTime = projection.soleSelector().isPresent() && bins.isEmpty();
    boolean holes = bins.isPresent() && select.fill().addsBins();
    List<Row> rows = new ArrayList<>();
    for (int bin = 0; bin < binned.size(); bin++) {
      List<@Nullable Object> values = new ArrayList<>();
      Evaluation evaluation = binned.evaluation(bin, projection.soleSelector());
      for (Projection.Output output : projection.outputs()) {
        values.add(output.expression().fold(evaluation));
      }
      if (holes || bins.isEmpty() || values.stream().anyMatch(Objects::nonNull)) {
        long time = ownTime ? binned.chosenTime(bin) : binned.begin(bin);
        rows.add(new Row(measurement.name(), series.group(), time, values));
      }
    }
    if (select.descending()) {
      Collections.reverse(rows);
    }
    return rows;
  }
}
