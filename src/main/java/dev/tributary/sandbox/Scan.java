package dev.tributary.sandbox;

import dev.tributary.sandbox.influxql.Reading;
import dev.tributary.sandbox.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One reading of a measurement by a query.
 *
 * @param measurement whose rows are read
 * @param from first time that can matter, in nanoseconds since 1970
 * @param to last time that can matter
 */
record Scan(String measurement, long from, long to) {

  private static final Pattern FILTERS =
      Pattern.compile("TableScan: __all\\b.*?full_filters=\\[(.*)]");
  private static final Pattern MEASUREMENT = Pattern.compile("__all\\.__m = Utf8\\(\"(.*)\"\\)");
  private static final Pattern BOUND =
      Pattern.compile("__all\\.time (=|>=|<=|>|<) TimestampNanosecond\\((-?\\d+), None\\)");

  /** What a query in InfluxQL reads. */
  static Scan of(Reading reading) {
    return new Scan(reading.measurement(), reading.from(), reading.to());
  }

  /** All scans of a logical plan. */
  static List<Scan> read(String plan) {
    List<Scan> scans = new ArrayList<>();
    plan.lines()
        .map(FILTERS::matcher)
        .filter(Matcher::find)
        .map(line -> of(line.group(1)))
        .forEach(scans::add);
    return scans;
  }

  private static Scan of(String filters) {
    String measurement = "";
    long from = Long.MIN_VALUE;
    long to = Long.MAX_VALUE;
    for (String filter : filters.split(", (?=__all\\.)", -1)) {
      Matcher name = MEASUREMENT.matcher(filter);
      Matcher bound = BOUND.matcher(filter);
      if (name.matches()) {
        measurement = name.group(1);
      } else if (bound.matches()) {
        long time = Long.parseLong(bound.group(2));
        switch (bound.group(1)) {
          case ">=" -> from = Math.max(from, time);
          case ">" -> from = Math.max(from, time + 1);
          case "<=" -> to = Math.min(to, time);
          case "<" -> to = Math.min(to, time - 1);
          default -> {
            from = Math.max(from, time);
            to = Math.min(to, time);
          }
        }
      }
    }
    return new Scan(measurement, from, to);
  }

  /** The rows of the table that lie within the bounds. */
  IntStream rows(Table table) {
    return IntStream.range(0, table.rows())
        .filter(row -> table.time(row) >= from && table.time(row) <= to);
  }
}
