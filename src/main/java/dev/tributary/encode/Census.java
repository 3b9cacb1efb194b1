package dev.tributary.encode;

import dev.tributary.encode.page.ByteHash;
import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.job.Bounds;
import dev.tributary.job.Expect;
import java.util.Arrays;
import java.util.List;

/**
 * Counts what a job expects of its rows while they are written, and nothing else: distinct series,
 * and nulls of single columns. A batch that nothing is expected of costs nothing. Confined to one
 * thread.
 *
 * <p>A series is a combination of the values of all columns of text, but for those that the server
 * marks as fields. Each is known by a hash of 64 bits, so that of a million series two are taken
 * for one in one result of forty million; the count is exact up to {@link Expect#MOST_SERIES},
 * where it stops.
 */
public final class Census {

  private static final String KIND = "iox::column::type";
  private static final String TEXT_FIELD = "iox::column_type::field::string";

  private final Bounds series;
  private final List<String> columns;
  private final long[] nulls;
  private final boolean[] written;
  private final LongIds met = new LongIds();
  private long[] hashes = new long[0];

  /** Counts what these expectations need. */
  public Census(Expect expect) {
    this.series = expect.series();
    this.columns = List.copyOf(expect.nullShares().keySet());
    this.nulls = new long[columns.size()];
    this.written = new boolean[columns.size()];
  }

  /** Distinct series; where enough are known to be there, at least so many. */
  public long series() {
    return met.count();
  }

  /** Whether a file has this column, which must be one that something is expected of. */
  public boolean knows(String column) {
    return written[columns.indexOf(column)];
  }

  /** Nulls of a column that something is expected of. */
  public long nulls(String column) {
    return nulls[columns.indexOf(column)];
  }

  void add(List<WrittenColumn> file, List<Cells> cells) {
    for (int i = 0; i < nulls.length; i++) {
      for (int column = 0; column < cells.size(); column++) {
        if (file.get(column).name().equals(columns.get(i))) {
          nulls[i] += cells.get(column).nulls();
          written[i] = true;
        }
      }
    }
    if (isCounting() && !cells.isEmpty()) {
      addSeries(file, cells, cells.get(0).rows());
    }
  }

  private boolean isCounting() {
    long enough = series.most() == Long.MAX_VALUE ? series.least() : Expect.MOST_SERIES + 1;
    return met.count() < enough;
  }

  private void addSeries(List<WrittenColumn> file, List<Cells> cells, int rows) {
    if (hashes.length < rows) {
      hashes = new long[rows];
    }
    Arrays.fill(hashes, 0, rows, 0);
    for (int column = 0; column < cells.size(); column++) {
      if (namesSeries(file.get(column)) && cells.get(column) instanceof BytesCells texts) {
        addColumn(ByteHash.mixed(column + 1), texts, rows);
      }
    }
    for (int row = 0; row < rows && isCounting(); row++) {
      met.of(hashes[row]);
    }
  }

  private static boolean namesSeries(WrittenColumn column) {
    return column.type().equals(ColumnType.STRING)
        && !TEXT_FIELD.equals(column.metadata().get(KIND));
  }

  /** A null adds nothing, so it is a value of its own: no text's mixed hash is known to be 0. */
  private void addColumn(long seed, BytesCells texts, int rows) {
    if (texts.nulls() == rows) {
      return;
    }
    long[] values = texts.hashes();
    for (int row = 0; row < rows; row++) {
      if (!texts.isNull(row)) {
        hashes[row] += ByteHash.mixed(values[row] ^ seed);
      }
    }
  }
}
