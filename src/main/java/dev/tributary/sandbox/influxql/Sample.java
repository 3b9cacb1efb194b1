package dev.tributary.sandbox.influxql;

/**
 * One value of one point.
 *
 * @param value never null
 * @param row of the point
 * @param time of the point
 */
record Sample(Object value, int row, long time) {

  Number number() {
    if (value instanceof Number number) {
      return number;
    }
    throw new IllegalStateException("planned as a number: " + value);
  }
}
