package dev.tributary.sandbox.table;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The measurements of one database at one moment, by name. Immutable: loading more data makes new
 * ones, so that a query that runs sees what it began with.
 */
public final class Tables {

  private final SortedMap<String, Table> tables;

  public Tables(Map<String, Table> tables) {
    this.tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
  }

  /** The measurement of exactly this name. */
  public Optional<Table> table(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  /** Names of all measurements, sorted. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(tables.keySet()));
  }

  /** These tables and one more, in place of one of the same name. */
  public Tables with(Table table) {
    Map<String, Table> all = new TreeMap<>(tables);
    all.put(table.name(), table);
    return new Tables(all);
  }

  /** All measurements, sorted by name. */
  public Iterable<Table> all() {
    return tables.values();
  }
}
