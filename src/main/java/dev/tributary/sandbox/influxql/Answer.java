package dev.tributary.sandbox.influxql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.sandbox.influxql.InfluxqlResult.Column;
import dev.tributary.sandbox.influxql.InfluxqlResult.ValueType;
import dev.tributary.sandbox.table.ColumnKind;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts rows into columns, with the names, types and metadata that InfluxDB 3 gives them. */
final class Answer {

  private static final String MEASUREMENT = "iox::measurement";
  private static final String GROUP_KEY = "iox::influxql::group_key::metadata";
  private static final String COLUMN_TYPE = "iox::column::type";

  private final Select select;
  private final Projection projection;
  private final List<Measurement> measurements;
  private final Types types;
  private final List<Row> rows;

  Answer(Select select, Projection projection, List<Measurement> measurements, List<Row> rows) {
    this.select = select;
    this.projection = projection;
    this.measurements = measurements;
    this.types = new Types(measurements);
    this.rows = rows;
  }

  /** What is said of measurements that do not exist, or have no such field. */
  static InfluxqlResult empty() {
    Column measurement =
        new Column(MEASUREMENT, ValueType.STRING, Optional.empty(), false, Map.of(), List.of());
    return new InfluxqlResult(List.of(measurement), Map.of(GROUP_KEY, "{}"), 0);
  }

  InfluxqlResult result() throws InfluxqlRefusal {
    List<Column> columns = new ArrayList<>();
    columns.add(column(MEASUREMENT, ValueType.STRING, false, Map.of(), Row::measurement));
    columns.add(time());
    List<String> groupTags = projection.groupTags();
    for (int i = 0; i < groupTags.size(); i++) {
      int position = i;
      if (!isSelected(groupTags.get(i))) {
        columns.add(tag(groupTags.get(i), row -> row.group().get(position)));
      }
    }
    for (int i = 0; i < projection.outputs().size(); i++) {
      columns.add(output(i));
    }
    return new InfluxqlResult(columns, metadata(columns), rows.size());
  }

  private Column column(
      String name,
      ValueType type,
      boolean nullable,
      Map<String, String> metadata,
      Function<Row, @Nullable Object> value) {
    List<@Nullable Object> values = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Object each = value.apply(row);
      values.add(each instanceof BigInteger unsigned ? (Object) unsigned.longValue() : each);
    }
    Optional<String> zone =
        type == ValueType.TIMESTAMP ? select.zone().map(ZoneId::getId) : Optional.empty();
    return new Column(name, type, zone, nullable, metadata, Collections.unmodifiableList(values));
  }

  /** The time is the points' own, a bin's, or a constant: only the first two may say so. */
  private Column time() throws InfluxqlRefusal {
    boolean bins = select.groupBy().time().isPresent();
    boolean nullable = bins || projection.soleSelector().isPresent();
    Map<String, String> metadata =
        projection.isRaw() && select.zone().isEmpty()
            ? Map.of(COLUMN_TYPE, ColumnKind.TIME.metadata())
            : Map.of();
    return column(projection.timeName(), ValueType.TIMESTAMP, nullable, metadata, Row::time);
  }

  private Column tag(String name, Function<Row, @Nullable Object> value) {
    boolean known = measurements.stream().anyMatch(measurement -> measurement.hasTag(name));
    Map<String, String> metadata =
        known ? Map.of(COLUMN_TYPE, ColumnKind.TAG.metadata()) : Map.of();
    return column(name, known ? ValueType.STRING : ValueType.NULL, true, metadata, value);
  }

  private Column output(int position) throws InfluxqlRefusal {
    Projection.Output output = projection.outputs().get(position);
    ValueType type = output.expression().fold(types);
    Map<String, String> metadata = Map.of();
    Optional<String> shown = output.column();
    if (projection.isRaw() && shown.isPresent() && types.isEverywhere(shown.get())) {
      metadata =
          types
              .kind(shown.get())
              .map(kind -> Map.of(COLUMN_TYPE, kind.metadata()))
              .orElse(Map.of());
    }
    return column(
        output.name(),
        type,
        !isCounted(output),
        metadata,
        row -> type == ValueType.NULL ? null : row.values().get(position));
  }

  /** Only a number of points is never missing. */
  private boolean isCounted(Projection.Output output) throws InfluxqlRefusal {
    boolean mayMiss = select.groupBy().time().isPresent() && select.fill().mayLeaveHoles();
    return !mayMiss
        && output.expression() instanceof Expression.Call call
        && Projection.function(call) == AggregateFunction.COUNT
        && types.isEverywhere(Projection.argument(call));
  }

  private boolean isSelected(String tag) {
    return projection.outputs().stream()
        .anyMatch(output -> output.name().equals(tag) && output.column().isPresent());
  }

  private Map<String, String> metadata(List<Column> columns) {
    ObjectNode groupKey = JsonNodeFactory.instance.objectNode();
    if (!projection.groupTags().isEmpty()) {
      ArrayNode tags = groupKey.putArray("tagKeyColumns");
      for (String tag : projection.groupTags()) {
        ObjectNode node =
            tags.addObject().put("tagKey", tag).put("columnIndex", index(columns, tag));
        if (isSelected(tag)) {
          node.put("isProjected", true);
        }
      }
    }
    Map<String, String> metadata = new HashMap<>();
    metadata.put(GROUP_KEY, groupKey.toString());
    common(Measurement::name).ifPresent(name -> metadata.put("iox::measurement::name", name));
    common(Answer::seriesKey).ifPresent(key -> metadata.put("iox::series::key::v2", key));
    return metadata;
  }

  private static int index(List<Column> columns, String name) {
    for (int i = 2; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException("no column for the tag " + name);
  }

  /** What is the same for all measurements: a union keeps nothing else. */
  private Optional<String> common(Function<Measurement, String> fact) {
    Set<String> facts = new HashSet<>();
    measurements.forEach(measurement -> facts.add(fact.apply(measurement)));
    return facts.size() == 1 ? facts.stream().findFirst() : Optional.empty();
  }

  /** All tags of the measurement, each with its length in four bytes, little end first. */
  private static String seriesKey(Measurement measurement) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    for (String tag : measurement.tags()) {
      byte[] name = tag.getBytes(StandardCharsets.UTF_8);
      key.writeBytes(
          ByteBuffer.allocate(Integer.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(name.length)
              .array());
      key.writeBytes(name);
    }
    return Base64.getEncoder().encodeToString(key.toByteArray());
  }
}
