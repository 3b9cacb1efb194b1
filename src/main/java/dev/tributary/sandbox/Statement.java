package dev.tributary.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A query that may run: one statement that only reads. Everything else is refused before the engine
 * sees it, for the engine itself would write files.
 *
 * @param sql the query without {@code EXPLAIN} and without the semicolon at its end
 * @param explain {@code EXPLAIN} with its options, or empty
 */
record Statement(String sql, String explain) {

  private static final Map<String, String> DEFINITIONS =
      Map.of(
          "create table", "CreateMemoryTable",
          "create view", "CreateView",
          "create external", "CreateExternalTable",
          "create database", "CreateCatalog",
          "create schema", "CreateCatalogSchema",
          "create function", "CreateFunction",
          "drop table", "DropTable",
          "drop view", "DropView",
          "drop schema", "DropCatalogSchema",
          "drop function", "DropFunction");

  private static final Map<String, String> CHANGES =
      Map.of(
          "insert", "Insert Into",
          "update", "Update",
          "delete", "Delete",
          "truncate", "Truncate",
          "copy", "COPY");

  static Statement of(String sql) throws Refusal {
    List<SqlToken> tokens = SqlScanner.scan(sql);
    if (tokens.isEmpty()) {
      throw Refusal.planning(
          "Error during planning: No SQL statements were provided in the query string");
    }
    int end = sql.length();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isSymbol(';')) {
        if (i + 1 < tokens.size()) {
          throw Refusal.planning(
              "This feature is not implemented: The context currently only supports a single SQL statement");
        }
        end = tokens.get(i).start();
      }
    }
    if (tokens.stream().anyMatch(token -> token.isWord("into"))) {
      throw intoTable(tokens);
    }
    SqlToken first = tokens.get(0);
    String verb = first.text().toLowerCase(Locale.ROOT);
    return switch (verb) {
      case "select", "with", "(", "values" -> new Statement(sql.substring(0, end), "");
      case "explain" -> explained(sql.substring(0, end), tokens);
      case "show" -> shown(tokens);
      case "describe", "desc" -> throw Refusal.unsupported("DESCRIBE");
      default -> throw refused(sql, tokens, verb);
    };
  }

  /** {@code SELECT … INTO} makes a table; in the other statements the word is theirs. */
  private static Refusal intoTable(List<SqlToken> tokens) {
    String made =
        tokens.get(0).isWord("insert")
            ? "DML not supported: Insert Into"
            : "DDL not supported: CreateMemoryTable";
    return Refusal.planning("Error during planning: " + made);
  }

  private static Statement explained(String sql, List<SqlToken> tokens) throws Refusal {
    for (SqlToken token : tokens) {
      if (token.isWord("select") || token.isWord("with")) {
        String query = sql.substring(token.start());
        return new Statement(query, sql.substring(tokens.get(0).start(), token.start()));
      }
    }
    throw Refusal.unsupported("EXPLAIN of anything but SELECT");
  }

  private static Statement shown(List<SqlToken> tokens) throws Refusal {
    if (tokens.size() > 1 && tokens.get(1).isWord("tables")) {
      return new Statement("SELECT * FROM information_schema.tables", "");
    }
    throw Refusal.unsupported("SHOW of anything but TABLES");
  }

  private static Refusal refused(String sql, List<SqlToken> tokens, String verb) {
    String second = tokens.size() > 1 ? tokens.get(1).text().toLowerCase(Locale.ROOT) : "";
    String definition = DEFINITIONS.get(verb + " " + second);
    if (definition != null) {
      return Refusal.planning("Error during planning: DDL not supported: " + definition);
    }
    String change = CHANGES.get(verb);
    if (change != null) {
      return Refusal.planning("Error during planning: DML not supported: " + change);
    }
    if (verb.equals("set")) {
      return Refusal.planning("Error during planning: Statement not supported: SetVariable");
    }
    SqlToken first = tokens.get(0);
    String before = sql.substring(0, first.start());
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = first.start() - before.lastIndexOf('\n');
    return Refusal.planning(
        EngineErrors.syntax(
            "Expected: an SQL statement, found: %s at Line: %d, Column: %d"
                .formatted(first.text(), line, column)));
  }
}
