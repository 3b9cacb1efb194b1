package dev.tributary.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of tables in a query, brought to the one form that the engine knows: {@code iox.home}
 * and {@code public.iox.home} are {@code home}, and a view of the catalogue is one quoted name.
 */
final class TableNames {

  private final String sql;
  private final List<SqlToken> tokens;
  private final Set<String> views;

  private TableNames(String sql, Set<String> views) {
    this.sql = sql;
    this.tokens = SqlScanner.scan(sql);
    this.views = views;
  }

  static TableNames resolve(String sql) {
    List<SqlToken> tokens = SqlScanner.scan(sql);
    Set<String> views = new TreeSet<>();
    StringBuilder resolved = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (i + 2 >= tokens.size() || !tokens.get(i + 1).isSymbol('.')) {
        continue;
      }
      boolean first = i == 0 || !tokens.get(i - 1).isSymbol('.');
      SqlToken next = tokens.get(i + 2);
      if (first && token.names("public") && next.names("iox")) {
        continue;
      }
      boolean afterPublic = i >= 2 && tokens.get(i - 2).names("public");
      if (token.names("iox") && (first || afterPublic)) {
        int from = first ? token.start() : tokens.get(i - 2).start();
        resolved.append(sql, copied, from);
        copied = next.start();
      } else if (first && token.names(Catalogue.SCHEMA)) {
        String view = next.text().toLowerCase(Locale.ROOT);
        views.add(view);
        resolved
            .append(sql, copied, token.start())
            .append(SqlToken.quotedName(Catalogue.SCHEMA + "." + view));
        copied = next.end();
      }
    }
    return new TableNames(resolved.append(sql, copied, sql.length()).toString(), views);
  }

  String sql() {
    return sql;
  }

  /** The views of the catalogue that the query reads, in lower case. */
  Set<String> views() {
    return views;
  }

  /** Whether the name occurs at all; where it is no table's, the expression is merely not used. */
  boolean mentions(String table) {
    return tokens.stream().anyMatch(token -> token.names(table));
  }

  /**
   * The query behind common table expressions, its own after them. One line comes before the user's
   * text, whose columns stay where they were.
   */
  String after(String expressions) {
    if (tokens.isEmpty() || !tokens.get(0).isWord("with")) {
      return "WITH " + expressions + "\n" + sql;
    }
    boolean recursive = tokens.size() > 1 && tokens.get(1).isWord("recursive");
    SqlToken last = tokens.get(recursive ? 1 : 0);
    String with = recursive ? "WITH RECURSIVE " : "WITH ";
    return with + expressions + ",\n" + " ".repeat(last.end()) + sql.substring(last.end());
  }
}
