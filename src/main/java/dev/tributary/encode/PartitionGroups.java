package dev.tributary.encode;

import dev.tributary.job.Failure;
import dev.tributary.job.PartitionValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Sorts the rows of each batch into partitions, which are numbered from 0 as they are first met: by
 * numbers, without an object for a row. Confined to one thread; arrays are kept from batch to
 * batch.
 */
final class PartitionGroups {

  private final List<PartitionColumn> columns;

  /** For each column, numbers of the values up to there, by those up to the column before. */
  private final List<LongIds> levels = new ArrayList<>();

  private final List<List<PartitionValue>> partitions = new ArrayList<>();
  private final int[][] ids;
  private int[] groups = new int[0];
  private int[] order = new int[0];
  private int[] ends = new int[0];
  private int rows;

  PartitionGroups(List<PartitionColumn> columns) {
    this.columns = List.copyOf(columns);
    this.ids = new int[columns.size()][0];
    columns.forEach(column -> levels.add(new LongIds()));
  }

  /** Partitions met so far. */
  int count() {
    return partitions.size();
  }

  /** A partition's values, in the order of the columns. */
  List<PartitionValue> partition(int group) {
    return partitions.get(group);
  }

  /** Takes in a batch. */
  void sort(VectorSchemaRoot batch) throws Failure {
    rows = batch.getRowCount();
    if (groups.length < rows) {
      Arrays.setAll(ids, column -> new int[rows]);
      groups = new int[rows];
      order = new int[rows];
    }
    Arrays.fill(groups, 0, rows, 0);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).number(batch.getVector(columns.get(i).source()), rows, ids[i]);
      LongIds level = levels.get(i);
      for (int row = 0; row < rows; row++) {
        groups[row] = level.of((long) groups[row] << Integer.SIZE | ids[i][row]);
      }
    }
    nameNew();
    arrange();
  }

  /** New partitions are numbered in the order of their first rows. */
  private void nameNew() {
    for (int row = 0; row < rows; row++) {
      if (groups[row] == partitions.size()) {
        List<PartitionValue> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          values.add(columns.get(i).value(ids[i][row]));
        }
        partitions.add(List.copyOf(values));
      }
    }
  }

  private void arrange() {
    ends = new int[partitions.size() + 1];
    for (int row = 0; row < rows; row++) {
      ends[groups[row]]++;
    }
    int end = 0;
    for (int group = 0; group < ends.length; group++) {
      int size = ends[group];
      ends[group] = end;
      end += size;
    }
    for (int row = 0; row < rows; row++) {
      order[ends[groups[row]]++] = row;
    }
  }

  /** How many rows of the batch belong to a partition. */
  int size(int group) {
    return ends[group] - begin(group);
  }

  /** The n-th row of those that belong to a partition, ascending. */
  int row(int group, int n) {
    return order[begin(group) + n];
  }

  private int begin(int group) {
    return group == 0 ? 0 : ends[group - 1];
  }
}
