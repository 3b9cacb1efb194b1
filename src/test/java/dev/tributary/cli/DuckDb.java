package dev.tributary.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reader of Parquet that shares no code with the program. */
final class DuckDb {

  private DuckDb() {}

  /** Cells by row, as the driver gives them. */
  static List<List<@Nullable Object>> rows(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(result.getObject(i));
        }
        rows.add(cells);
      }
      return rows;
    }
  }

  /** A file's rows in their order, its column {@code time} as nanoseconds since 1970. */
  static List<List<@Nullable Object>> file(Path file) throws SQLException {
    return rows(
        "SELECT * REPLACE (epoch_ns(time) AS time) FROM read_parquet('"
            + file
            + "', hive_partitioning = false)");
  }

  /** Names of a file's columns, in order. */
  static List<String> columns(Path file) throws SQLException {
    return rows("DESCRIBE SELECT * FROM read_parquet('" + file + "', hive_partitioning = false)")
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }
}
