package dev.tributary.app.draft;

import dev.tributary.definition.DurationText;
import dev.tributary.inspect.FirstRows;
import dev.tributary.job.Failure;
import dev.tributary.job.Query;
import dev.tributary.job.Window;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds out what a database holds, and writes a first job for a table. Confined to one thread. */
public final class Starter {

  private static final String COLUMNS =
      "SELECT table_name, column_name, data_type FROM information_schema.columns"
          + " WHERE table_schema = 'iox' ORDER BY table_name, column_name";

  /** More columns no listing of a database should need; Core allows 2,000 tables of 500. */
  private static final int MOST_COLUMNS = 1_000_000;

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Words that are no plain names of columns in SQL, though they look it. */
  private static final Set<String> RESERVED =
      Set.of(
          "all",
          "and",
          "any",
          "as",
          "asc",
          "between",
          "by",
          "case",
          "cast",
          "cross",
          "current",
          "desc",
          "distinct",
          "else",
          "end",
          "except",
          "exists",
          "false",
          "fetch",
          "for",
          "from",
          "full",
          "group",
          "having",
          "in",
          "inner",
          "intersect",
          "interval",
          "into",
          "is",
          "join",
          "left",
          "like",
          "limit",
          "natural",
          "not",
          "null",
          "offset",
          "on",
          "or",
          "order",
          "outer",
          "over",
          "partition",
          "right",
          "rows",
          "select",
          "set",
          "table",
          "then",
          "true",
          "union",
          "unique",
          "user",
          "using",
          "values",
          "view",
          "when",
          "where",
          "window",
          "with");

  private final BatchSource source;
  private final String database;

  public Starter(BatchSource source, String database) {
    this.source = source;
    this.database = database;
  }

  /** Every table of the database, by name. */
  public List<TableColumns> tables() throws Failure {
    Query query = new Query(Query.Language.SQL, COLUMNS, List.of());
    BatchSource.Request request =
        new BatchSource.Request(database, query, Window.at(Instant.EPOCH), TIMEOUT, false, false);
    Map<String, List<Map<String, String>>> tables = new TreeMap<>();
    try (BatchStream batches = source.open(request)) {
      for (Map<String, String> row : FirstRows.of(batches, MOST_COLUMNS)) {
        tables.computeIfAbsent(cell(row, "table_name"), name -> new ArrayList<>()).add(row);
      }
    }
    List<TableColumns> sorted = new ArrayList<>();
    tables.forEach((name, columns) -> sorted.add(table(name, columns)));
    return sorted;
  }

  private static String cell(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }

  private static TableColumns table(String name, List<Map<String, String>> columns) {
    List<String> tags = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Map<String, String> column : columns) {
      String type = cell(column, "data_type");
      String named = cell(column, "column_name");
      if (type.startsWith("Dictionary")) {
        tags.add(named);
      } else if (type.matches("U?Int\\d+|Float\\d+")) {
        numbers.add(named);
      } else if (!named.equals("time")) {
        others.add(named);
      }
    }
    return new TableColumns(name, tags, numbers, others);
  }

  /**
   * A job that makes means and largest values of a table's numbers for every hour and series.
   *
   * @param every length of a window, as in {@code window.every}
   */
  public JobDraft job(TableColumns table, String every) {
    Set<String> names = new HashSet<>(table.tags());
    names.add("time");
    List<String> items = new ArrayList<>();
    items.add("DATE_BIN(INTERVAL '" + bin(every) + "', time) AS time");
    table.tags().forEach(tag -> items.add(quoted(tag)));
    for (String number : table.numbers()) {
      items.add(aggregate("avg", number, names) + ", " + aggregate("max", number, names));
    }
    if (table.numbers().isEmpty()) {
      items.add("count(*) AS " + quoted(unused("readings", names)));
    }
    List<String> tags = table.tags().stream().map(Starter::quoted).toList();
    List<String> groups = new ArrayList<>(List.of("1"));
    groups.addAll(tags);
    List<String> order = new ArrayList<>(tags);
    order.add("1");
    String query =
        "SELECT "
            + String.join(",\n       ", items)
            + "\nFROM "
            + quoted(table.name())
            + "\nWHERE time >= $start AND time < $end\nGROUP BY "
            + String.join(", ", groups)
            + "\nORDER BY "
            + String.join(", ", order);
    List<String> notes = new ArrayList<>();
    if (!table.others().isEmpty()) {
      notes.add("left out, for they are no numbers: " + String.join(", ", table.others()));
    }
    return new JobDraft(
        JobDraft.nameLike(table.name()),
        database,
        "sql",
        query,
        every,
        Optional.empty(),
        Map.of(),
        notes);
  }

  /** An hour, or what fits the window without a rest. */
  private static String bin(String every) {
    long minutes =
        DurationText.parse(every)
            .value()
            .map(Duration::toMinutes)
            .filter(length -> length > 0)
            .orElse(60L);
    long common = 60;
    for (long rest = minutes; rest != 0; ) {
      long next = common % rest;
      common = rest;
      rest = next;
    }
    return common == 60 ? "1 hour" : common + " minutes";
  }

  private static String aggregate(String function, String column, Set<String> names) {
    return function
        + "("
        + quoted(column)
        + ") AS "
        + quoted(unused(column + "_" + function, names));
  }

  private static String unused(String wanted, Set<String> names) {
    String name = wanted;
    for (int number = 2; !names.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }

  /** A name as SQL takes it: unquoted ones lose their capitals. */
  private static String quoted(String name) {
    boolean plain =
        name.matches("[a-z_][a-z0-9_]*") && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
