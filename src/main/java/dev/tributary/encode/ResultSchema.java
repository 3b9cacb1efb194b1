package dev.tributary.encode;

import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A result's columns as a lake can hold them.
 *
 * @param columns in the result's order, without the unknown ones, under their written names
 * @param unknown columns of Arrow type Null: they exist, but nobody has said of what type
 * @param arrow the result's own schema
 * @param names from each of the result's own names to the written one
 */
public record ResultSchema(
    List<Column> columns, List<String> unknown, Schema arrow, Map<String, String> names) {

  public ResultSchema {
    columns = List.copyOf(columns);
    unknown = List.copyOf(unknown);
    names = Map.copyOf(names);
  }

  /**
   * Reads a result's schema; one without columns is no data.
   *
   * @param timeColumn its written name
   * @throws Failure of kind {@code REFUSED}, naming the column, if a lake cannot hold its type, if
   *     two columns are not told apart by their names, or if the time column is missing or no time
   */
  public static ResultSchema of(Schema schema, Output output, Optional<String> timeColumn)
      throws Failure {
    List<Column> columns = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    Map<String, String> names = WrittenNames.of(schema, output.columns());
    for (Field field : schema.getFields()) {
      String name = names.getOrDefault(field.getName(), field.getName());
      if (field.getType() instanceof ArrowType.Null && !output.types().containsKey(name)) {
        unknown.add(name);
      } else {
        columns.add(written(field, name, output));
      }
    }
    if (!names.isEmpty() && timeColumn.isPresent()) {
      requireTime(schema, names, timeColumn.orElseThrow());
    }
    return new ResultSchema(columns, unknown, schema, names);
  }

  /** All columns, those of an unknown type under the type {@code null}: no file has such. */
  public List<Column> present() {
    List<Column> present = new ArrayList<>(columns);
    unknown.forEach(name -> present.add(new Column(name, "null", true)));
    return present;
  }

  /** The result's own name of a written column; the written name of one that it lacks. */
  String source(String written) {
    for (Map.Entry<String, String> name : names.entrySet()) {
      if (name.getValue().equals(written)) {
        return name.getKey();
      }
    }
    return written;
  }

  /** Whether the server had no data, and so no columns to name. */
  public boolean isNoData() {
    return columns.isEmpty() && unknown.isEmpty();
  }

  private static Column written(Field field, String name, Output output) throws Failure {
    if (field.getDictionary() != null) {
      throw refused("column '" + field.getName() + "' is dictionary-encoded; cast it to a string");
    }
    String wanted = output.types().get(name);
    if (wanted != null) {
      return new Column(name, cast(field, name, wanted).text(), field.isNullable());
    }
    ColumnType type =
        ColumnType.written(field.getType(), output.timestamps())
            .orElseThrow(() -> refused(unfit(field)));
    return new Column(name, type.text(), field.isNullable());
  }

  /** The type an operator wants, if the result's values may become such. */
  private static ColumnType cast(Field field, String name, String wanted) throws Failure {
    ColumnType type =
        ColumnType.named(wanted)
            .orElseThrow(() -> refused("there is no type '" + wanted + "' for '" + name + "'"));
    if (field.getType() instanceof ArrowType.Null) {
      return type;
    }
    ColumnType own =
        ColumnType.written(field.getType(), Output.TimestampUnit.US)
            .orElseThrow(() -> refused(unfit(field)));
    boolean possible =
        own.equals(type)
            || (own.isTimestamp() && type.isTimestamp())
            || Cast.between(field.getType(), type).isPresent();
    if (!possible) {
      throw refused(
          "column '"
              + field.getName()
              + "' is "
              + (own.isTimestamp() ? "timestamp" : own.text())
              + ", which cannot become "
              + type.text()
              + "; cast it in the query, or name another type under 'types'");
    }
    return type;
  }

  private static String unfit(Field field) {
    String name = field.getName();
    String type = kind(field.getType());
    if (field.getType() instanceof ArrowType.Struct) {
      String parts =
          String.join(
              ", ", field.getChildren().stream().map(c -> "'" + c.getName() + "'").toList());
      return "column '"
          + name
          + "' is a struct of "
          + parts
          + "; select one part of it, such as ['value'], and give it an alias";
    }
    return "column '"
        + name
        + "' is "
        + type
        + ", which a lake cannot hold; cast it or leave it out";
  }

  private static String kind(ArrowType type) {
    String name = type.getTypeID().name().toLowerCase(Locale.ROOT);
    return ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
  }

  private static void requireTime(Schema schema, Map<String, String> names, String timeColumn)
      throws Failure {
    for (Field field : schema.getFields()) {
      if (timeColumn.equals(names.get(field.getName()))) {
        if (field.getType() instanceof ArrowType.Timestamp) {
          return;
        }
        throw refused("column '" + timeColumn + "' should be the time, but is " + field.getType());
      }
    }
    throw refused(
        "it has no column '"
            + timeColumn
            + "', only "
            + String.join(
                ", ",
                schema.getFields().stream().map(f -> "'" + names.get(f.getName()) + "'").toList())
            + "; alias the time, or say under 'time_column' which column it is, or 'none'");
  }

  /**
   * The columns of a file with the settled schema, with what the result knows of each.
   *
   * @throws Failure if the schema was recorded by a newer version, with a type unknown to this one
   */
  List<WrittenColumn> written(List<Column> settled) throws Failure {
    List<WrittenColumn> written = new ArrayList<>();
    for (Column column : settled) {
      Map<String, String> metadata = Map.of();
      String source = column.name();
      for (Field field : arrow.getFields()) {
        if (column.name().equals(names.get(field.getName()))) {
          source = field.getName();
          metadata = field.getMetadata() == null ? metadata : field.getMetadata();
        }
      }
      ColumnType type = ColumnType.named(column.type()).orElseThrow(() -> tooNew(column));
      written.add(new WrittenColumn(column.name(), source, type, column.nullable(), metadata));
    }
    return written;
  }

  private static Failure tooNew(Column column) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "cannot write column '"
            + column.name()
            + "': the job's schema says "
            + column.type()
            + ", which this version does not know; run the version that recorded it, or a newer"
            + " one");
  }

  private static Failure refused(String what) {
    return new Failure(Failure.Kind.REFUSED, "cannot write the result: " + what);
  }
}
