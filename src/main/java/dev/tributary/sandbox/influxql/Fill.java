package dev.tributary.sandbox.influxql;

import dev.tributary.sandbox.influxql.InfluxqlResult.ValueType;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in a bin without a value. */
sealed interface Fill {

  /** Whether bins without a point become rows. */
  default boolean addsBins() {
    return true;
  }

  /** Whether a value may be missing still, for a column that has none of its own missing. */
  default boolean mayLeaveHoles() {
    return false;
  }

  /**
   * Fills the holes among the values of one column of one series, in the order of time.
   *
   * @param type of the column
   */
  void fill(List<@Nullable Object> values, ValueType type);

  /** The answers that need no number. */
  enum Named implements Fill {
    NULL {
      @Override
      public void fill(List<@Nullable Object> values, ValueType type) {
        // a hole stays a hole
      }
    },
    NONE {
      @Override
      public void fill(List<@Nullable Object> values, ValueType type) {
        // there are no bins to fill
      }

      @Override
      public boolean addsBins() {
        return false;
      }
    },
    PREVIOUS {
      @Override
      public void fill(List<@Nullable Object> values, ValueType type) {
        for (int i = 1; i < values.size(); i++) {
          if (values.get(i) == null) {
            values.set(i, values.get(i - 1));
          }
        }
      }

      @Override
      public boolean mayLeaveHoles() {
        return true;
      }
    },
    LINEAR {
      @Override
      public void fill(List<@Nullable Object> values, ValueType type) {
        int from = -1;
        for (int to = 0; to < values.size(); to++) {
          if (values.get(to) == null) {
            continue;
          }
          if (from >= 0
              && values.get(from) instanceof Number left
              && values.get(to) instanceof Number right) {
            for (int i = from + 1; i < to; i++) {
              double share = (double) (i - from) / (to - from);
              double value =
                  left.doubleValue() + (right.doubleValue() - left.doubleValue()) * share;
              values.set(i, right instanceof Long ? (Object) (long) value : (Object) value);
            }
          }
          from = to;
        }
      }

      @Override
      public boolean mayLeaveHoles() {
        return true;
      }
    }
  }

  /** A number, in the type of the column; text and truth values stay missing. */
  record Value(Number number) implements Fill {
    @Override
    public void fill(List<@Nullable Object> values, ValueType type) {
      Object value = as(type);
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) == null) {
          values.set(i, value);
        }
      }
    }

    private @Nullable Object as(ValueType type) {
      return switch (type) {
        case INT64 -> number.longValue();
        case UINT64 -> BigInteger.valueOf(number.longValue());
        case DOUBLE -> number.doubleValue();
        case TIMESTAMP, STRING, BOOL, NULL -> null;
      };
    }
  }
}
