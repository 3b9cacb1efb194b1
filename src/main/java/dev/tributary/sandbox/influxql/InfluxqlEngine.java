package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.table.Table;
import dev.tributary.sandbox.table.Tables;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers InfluxQL over the measurements of one database as InfluxDB 3 does.
 *
 * <p>Immutable, so safe to share between threads; each call reads the clock once.
 */
public final class InfluxqlEngine {

  private final Tables tables;
  private final InstantSource clock;

  /**
   * An engine over the tables as they are now.
   *
   * @param clock what {@code now()} is, and where bins end that no condition bounds
   */
  public InfluxqlEngine(Tables tables, InstantSource clock) {
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * Runs one statement to its end.
   *
   * @param query its text
   * @param parameters values of {@code $name}, as JSON has them: null, {@code Boolean}, {@code
   *     String}, or a {@code Number}; empty for none
   * @throws InfluxqlRefusal if the server, or the sandbox, does not answer it
   */
  public InfluxqlResult execute(String query, Map<String, ? extends @Nullable Object> parameters)
      throws InfluxqlRefusal {
    Select select = Parser.parse(query, parameters);
    List<Measurement> sources = sources(select);
    Projection projection = Projection.of(select, sources);
    List<Measurement> measurements = new ArrayList<>();
    for (Measurement source : sources) {
      if (!projection.fields(source).isEmpty()) {
        measurements.add(source);
      }
    }
    Execution execution =
        new Execution(select, projection, measurements, TimeExpression.nanos(clock.instant()));
    if (measurements.isEmpty()) {
      return Answer.empty();
    }
    List<Row> rows = new ArrayList<>();
    for (Measurement measurement : measurements) {
      rows.addAll(execution.rows(measurement));
    }
    return new Answer(select, projection, measurements, rows).result();
  }

  /**
   * What a statement would read.
   *
   * @param parameters as for {@link #execute}
   * @throws InfluxqlRefusal if it cannot be read itself
   */
  public List<Reading> readings(String query, Map<String, ? extends @Nullable Object> parameters)
      throws InfluxqlRefusal {
    Select select = Parser.parse(query, parameters);
    long now = TimeExpression.nanos(clock.instant());
    TimeRange asked =
        TimeRange.of(select.where(), new TimeExpression(now, select.zone().orElse(ZoneOffset.UTC)));
    TimeRange range = select.groupBy().time().isPresent() ? asked.endingBy(now) : asked;
    return sources(select).stream()
        .map(
            source ->
                new Reading(
                    source.name(),
                    range.lower().orElse(Long.MIN_VALUE),
                    range.upper().orElse(Long.MAX_VALUE)))
        .toList();
  }

  private List<Measurement> sources(Select select) {
    List<Measurement> sources = new ArrayList<>();
    for (String name : tables.names()) {
      if (select.from().stream().anyMatch(source -> source.matches(name))) {
        Table table = tables.table(name).orElseThrow();
        sources.add(new Measurement(table));
      }
    }
    return sources;
  }
}
