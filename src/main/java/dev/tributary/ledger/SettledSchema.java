package dev.tributary.ledger;

import dev.tributary.job.Column;
import java.util.List;

/**
 * The columns that a job's files have from now on.
 *
 * @param id counts up from 1; 0 while no column is known. Files of one id have the same columns
 * @param columns in the order of the files
 */
public record SettledSchema(int id, List<Column> columns) {

  /** Nothing is known yet. */
  public static final SettledSchema NONE = new SettledSchema(0, List.of());

  public SettledSchema {
    columns = List.copyOf(columns);
  }
}
