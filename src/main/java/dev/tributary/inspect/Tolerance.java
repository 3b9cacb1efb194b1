package dev.tributary.inspect;

import java.util.OptionalDouble;

/**
 * How far two numbers of a column may lie apart and count as one: sums of floats vary in their last
 * digits with the order in which a server adds them up. Confined to one thread.
 */
final class Tolerance {

  private static final double SHARE = 1e-12;

  private final double[] largest;

  Tolerance(int columns) {
    this.largest = new double[columns];
  }

  /** Takes note of a row's numbers; every row of both sides comes before the first question. */
  void add(Row row) {
    for (int i = 0; i < largest.length; i++) {
      double size = Math.abs(row.value(i));
      if (size > largest[i] && size <= Double.MAX_VALUE) {
        largest[i] = size;
      }
    }
  }

  /** Below zero, zero or above: how two rows of one key stand by their numbers. */
  int compare(Row one, Row other) {
    for (int i = 0; i < largest.length; i++) {
      if (!isOne(one, other, i)) {
        return Long.compare(one.values()[i], other.values()[i]);
      }
    }
    return 0;
  }

  /** Whether the numbers of two rows in a column count as one. */
  boolean isOne(Row one, Row other, int column) {
    if (one.values()[column] == other.values()[column]) {
      return true;
    }
    OptionalDouble apart = apart(one, other, column);
    // what is in the column already is at least as large as both
    return apart.isPresent() && apart.orElseThrow() <= SHARE * largest[column];
  }

  /** How far two numbers lie apart; absent unless both are finite. */
  static OptionalDouble apart(Row one, Row other, int column) {
    double a = one.value(column);
    double b = other.value(column);
    return Double.isFinite(a) && Double.isFinite(b)
        ? OptionalDouble.of(Math.abs(a - b))
        : OptionalDouble.empty();
  }
}
