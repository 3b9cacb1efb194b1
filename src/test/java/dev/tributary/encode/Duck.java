package dev.tributary.encode;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Parquet files as DuckDB reads them. */
final class Duck {

  private Duck() {}

  /**
   * The rows of a query, each cell as text.
   *
   * @param sql with {@code FILE} for the file
   */
  static List<List<String>> ask(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      String whole = sql.replace("FILE", "'" + file + "'");
      List<List<String>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(whole)) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            row.add(String.valueOf(result.getString(i)));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  static void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
