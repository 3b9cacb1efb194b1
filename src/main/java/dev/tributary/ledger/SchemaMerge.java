package dev.tributary.ledger;

import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.JobName;
import dev.tributary.job.Output.SchemaPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a result's columns to those of a job's files, or says why they do not go together.
 *
 * <p>A frozen schema keeps its id, so all that would make another one is refused: a new column, and
 * a null in a column that has had none. So is a column that the result lacks, although a null could
 * stand for it: the query names the columns, and whoever froze them wants to hear that it changed,
 * not to find an empty column later. A column that is there and holds nothing but nulls is not
 * lacking.
 */
final class SchemaMerge {

  /** A column all of whose values are null: its type is not known yet. */
  private static final String UNTYPED = "null";

  private final JobName job;
  private final SettledSchema known;
  private final boolean frozen;
  private final List<Column> columns = new ArrayList<>();

  SchemaMerge(JobName job, SettledSchema known, SchemaPolicy policy) {
    this.job = job;
    this.known = known;
    this.frozen = policy == SchemaPolicy.FREEZE && known.id() > 0;
  }

  /** The columns so far. */
  List<Column> columns() {
    return columns;
  }

  /**
   * Keeps a column of the files.
   *
   * @param found what the result has under its name
   */
  void keep(Column column, Optional<Column> found) throws Failure {
    boolean typed = found.isPresent() && !found.orElseThrow().type().equals(UNTYPED);
    if (typed && !found.orElseThrow().type().equals(column.type())) {
      throw refused(
          "column '"
              + column.name()
              + "' is "
              + found.orElseThrow().type()
              + " in this result and "
              + column.type()
              + " in its files (schema "
              + known.id()
              + "); cast it in the query, or give the job a new name");
    }
    if (found.isEmpty() && frozen) {
      throw refused(
          "column '"
              + column.name()
              + "' ("
              + column.type()
              + ") is missing and the schema is frozen; bring it back into the query, or say"
              + " 'schema: add' to have nulls for it");
    }
    boolean nullable = !typed || found.orElseThrow().nullable();
    if (nullable && !column.nullable() && frozen) {
      throw refused(
          "column '"
              + column.name()
              + "' may hold nulls now, which it never did, and the schema is frozen; fill them in"
              + " the query, such as with coalesce, or say 'schema: add'");
    }
    columns.add(new Column(column.name(), column.type(), column.nullable() || nullable));
  }

  /** Adds a column that the files do not have yet, unless nobody knows its type. */
  void add(Column added) throws Failure {
    if (added.type().equals(UNTYPED)) {
      return;
    }
    for (Column column : columns) {
      if (column.name().equalsIgnoreCase(added.name())) {
        throw refused(
            "column '"
                + added.name()
                + "' differs only in case from '"
                + column.name()
                + "' in its files (schema "
                + known.id()
                + "), which many readers do not tell apart; give it the same alias, or another");
      }
    }
    if (frozen) {
      throw refused(
          "column '"
              + added.name()
              + "' ("
              + added.type()
              + ") is new and the schema is frozen; leave it out of the query, or say 'schema:"
              + " add'");
    }
    columns.add(added);
  }

  private Failure refused(String what) {
    return new Failure(Kind.REFUSED, "cannot write '" + job + "': " + what);
  }
}
