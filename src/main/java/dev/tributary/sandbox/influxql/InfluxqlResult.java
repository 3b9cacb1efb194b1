package dev.tributary.sandbox.influxql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole answer to one query, column by column, with all that its Arrow schema says. Immutable.
 *
 * @param columns in the order of the schema, all equally long
 * @param metadata of the schema
 * @param rows how many values each column has
 */
public record InfluxqlResult(List<Column> columns, Map<String, String> metadata, int rows) {

  public InfluxqlResult {
    columns = List.copyOf(columns);
    metadata = Map.copyOf(metadata);
  }

  /** The Arrow type of a column, and the Java type of its values. */
  public enum ValueType {
    /** {@code Long}: nanoseconds since 1970. */
    TIMESTAMP,
    STRING,
    DOUBLE,
    /** {@code Long}. */
    INT64,
    /** {@code Long}, its bits read as unsigned. */
    UINT64,
    BOOL,
    /** Nothing but null. */
    NULL
  }

  /**
   * A column of the answer.
   *
   * @param name as the client sees it
   * @param type of its values
   * @param zone IANA name in the type of a timestamp, if the query names one
   * @param nullable whether the schema admits null
   * @param metadata of the Arrow field: {@code iox::column::type}, or nothing
   * @param values by row; unmodifiable
   */
  public record Column(
      String name,
      ValueType type,
      Optional<String> zone,
      boolean nullable,
      Map<String, String> metadata,
      List<@Nullable Object> values) {}
}
