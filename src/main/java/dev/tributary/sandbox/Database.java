package dev.tributary.sandbox;

import dev.tributary.job.Failure;
import dev.tributary.sandbox.table.Table;
import dev.tributary.sandbox.table.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one database and the engine over them, which is made when the first query comes
 * after a load. Safe for several threads; a result that is being read goes on over the tables that
 * it began with.
 */
final class Database implements AutoCloseable {

  private final BufferAllocator allocator;
  private Tables tables = new Tables(Map.of());
  private @Nullable SqlEngine engine;

  Database(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  synchronized void load(String lineProtocol, TimeUnit precision, Instant now) throws Failure {
    long stamp =
        Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    replace(new LineProtocol(lineProtocol, precision, stamp).addTo(tables));
  }

  synchronized void add(Table table) {
    replace(tables.with(table));
  }

  synchronized Tables tables() {
    return tables;
  }

  synchronized ArrowReader plan(String sql, Instant now) throws Refusal {
    return engine().plan(sql, now);
  }

  synchronized List<Scan> scans(String sql, Instant now) throws Refusal {
    return engine().scans(sql, now);
  }

  private SqlEngine engine() {
    SqlEngine current = engine;
    if (current == null) {
      current = new SqlEngine(allocator, tables);
      engine = current;
    }
    return current;
  }

  private void replace(Tables loaded) {
    tables = loaded;
    close();
  }

  @Override
  public synchronized void close() {
    Optional.ofNullable(engine).ifPresent(SqlEngine::close);
    engine = null;
  }
}
