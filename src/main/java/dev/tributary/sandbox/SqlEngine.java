package dev.tributary.sandbox;

import dev.tributary.sandbox.table.ColumnKind;
import dev.tributary.sandbox.table.Table;
import dev.tributary.sandbox.table.Tables;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;

/**
 * DataFusion over the tables of one database as they were when it was made. The engine knows one
 * table at a time, so the database is one wide dataset and each measurement that a query names a
 * common table expression before it.
 *
 * <p>Queries may run on several threads at once. To be closed when none runs any more.
 */
final class SqlEngine implements AutoCloseable {

  private static final String WIDE = "__all";
  private static final AtomicLong DATASETS = new AtomicLong();

  private final Tables tables;
  private final Dataset dataset;
  private final Map<String, String> selects = new HashMap<>();

  SqlEngine(BufferAllocator allocator, Tables tables) {
    this.tables = tables;
    try (TablesReader reader = new TablesReader(allocator, tables)) {
      this.dataset =
          Dataset.write()
              .allocator(allocator)
              .reader(reader)
              .uri("memory://sandbox-" + DATASETS.incrementAndGet())
              .execute();
    } catch (IOException e) {
      throw new IllegalStateException("reading tables in memory failed", e);
    }
    int physical = 0;
    for (Table table : tables.all()) {
      List<String> columns = new ArrayList<>();
      for (Table.Column column : table.columns()) {
        boolean time = column.kind() == ColumnKind.TIME;
        columns.add(time ? "time" : "c" + physical++ + " AS " + SqlToken.quotedName(column.name()));
      }
      selects.put(
          table.name(),
          "SELECT %s FROM %s WHERE %s = %s"
              .formatted(
                  String.join(", ", columns),
                  WIDE,
                  TablesReader.MEASUREMENT,
                  SqlToken.quotedString(table.name())));
    }
  }

  Tables tables() {
    return tables;
  }

  /**
   * Plans a query; rows come as the reader is read.
   *
   * @param sql in InfluxDB's dialect, parameters bound
   * @param now what the query's {@code now()} is
   */
  ArrowReader plan(String sql, Instant now) throws Refusal {
    return run(translate(sql, now));
  }

  /** The measurements that a query scans, one for each time it does, with bounds on time. */
  List<Scan> scans(String sql, Instant now) throws Refusal {
    Translated query = translate(sql, now);
    List<Scan> scans = new ArrayList<>();
    try (ArrowReader reader = run(new Translated("EXPLAIN " + query.sql(), query.linesBefore()))) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      while (reader.loadNextBatch()) {
        VarCharVector plans = (VarCharVector) root.getVector("plan");
        for (int i = 0; i < root.getRowCount(); i++) {
          scans.addAll(Scan.read(plans.getObject(i).toString()));
        }
      }
    } catch (IOException e) {
      throw EngineErrors.planning(e, query.linesBefore());
    }
    return scans;
  }

  private ArrowReader run(Translated query) throws Refusal {
    try {
      return dataset.sql(query.sql()).tableName(WIDE).intoBatchRecords();
    } catch (IOException | RuntimeException e) {
      throw EngineErrors.planning(e, query.linesBefore());
    }
  }

  /** SQL for the engine and how many lines of it come before the user's. */
  private record Translated(String sql, int linesBefore) {}

  private Translated translate(String sql, Instant now) throws Refusal {
    Statement statement = Statement.of(sql);
    Map<String, CallRewrite.Rule> rules = new HashMap<>(SelectorRewrite.rules());
    rules.putAll(ZoneRewrite.rules(now.toString()));
    TableNames names = TableNames.resolve(CallRewrite.apply(rules, statement.sql()));
    List<String> expressions = new ArrayList<>();
    selects.forEach(
        (name, select) -> {
          if (names.mentions(name)) {
            expressions.add(SqlToken.quotedName(name) + " AS (" + select + ")");
          }
        });
    for (String view : names.views()) {
      expressions.add(
          SqlToken.quotedName(Catalogue.SCHEMA + "." + view)
              + " AS ("
              + Catalogue.view(view, tables)
              + ")");
    }
    if (expressions.isEmpty()) {
      return new Translated(statement.explain() + names.sql(), 0);
    }
    String list = String.join(", ", expressions);
    return new Translated(statement.explain() + names.after(list), 1);
  }

  @Override
  public void close() {
    dataset.close();
  }
}
