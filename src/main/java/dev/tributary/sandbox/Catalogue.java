package dev.tributary.sandbox;

import dev.tributary.sandbox.table.ColumnKind;
import dev.tributary.sandbox.table.Table;
import dev.tributary.sandbox.table.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code information_schema} of one database, as SELECTs of literals. */
final class Catalogue {

  static final String SCHEMA = "information_schema";

  private Catalogue() {}

  /** The SELECT that gives a view of the catalogue its rows. */
  static String view(String name, Tables tables) throws Refusal {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "tables" -> tables(tables);
      case "columns" -> columns(tables);
      default -> throw Refusal.unsupported(SCHEMA + "." + name);
    };
  }

  private static String tables(Tables tables) {
    List<String> rows = new ArrayList<>();
    for (Table table : tables.all()) {
      rows.add(row("iox", table.name(), "BASE TABLE"));
    }
    rows.add(row(SCHEMA, "tables", "VIEW"));
    rows.add(row(SCHEMA, "columns", "VIEW"));
    return select(rows, "table_catalog", "table_schema", "table_name", "table_type");
  }

  private static String columns(Tables tables) {
    List<String> rows = new ArrayList<>();
    for (Table table : tables.all()) {
      for (Table.Column column : table.columns()) {
        String nullable = column.kind() == ColumnKind.TIME ? "NO" : "YES";
        rows.add(row("iox", table.name(), column.name(), type(column.kind()), nullable));
      }
    }
    if (rows.isEmpty()) {
      rows.add(row("", "", "", "", "") + " WHERE false");
    }
    return select(
        rows,
        "table_catalog",
        "table_schema",
        "table_name",
        "column_name",
        "data_type",
        "is_nullable");
  }

  private static String type(ColumnKind kind) {
    return switch (kind) {
      case TAG -> "Dictionary(Int32, Utf8)";
      case TIME -> "Timestamp(Nanosecond, None)";
      case FLOAT -> "Float64";
      case INTEGER -> "Int64";
      case UINTEGER -> "UInt64";
      case STRING -> "Utf8";
      case BOOLEAN -> "Boolean";
    };
  }

  private static String row(String... values) {
    StringBuilder row = new StringBuilder("SELECT 'public'");
    for (String value : values) {
      row.append(", ").append(SqlToken.quotedString(value));
    }
    return row.toString();
  }

  private static String select(List<String> rows, String... names) {
    return "SELECT * FROM (%s) AS facts(%s)"
        .formatted(String.join(" UNION ALL ", rows), String.join(", ", names));
  }
}
