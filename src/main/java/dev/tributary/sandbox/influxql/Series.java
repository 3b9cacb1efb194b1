package dev.tributary.sandbox.influxql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The points that share their values of the group's tags.
 *
 * @param group those values; null for a tag that the points lack
 * @param rows the points in the order of time
 */
record Series(List<@Nullable String> group, List<Integer> rows) {

  private static final Comparator<List<@Nullable String>> NULLS_LAST =
      (left, right) -> {
        for (int i = 0; i < left.size(); i++) {
          int order =
              Objects.compare(
                  left.get(i), right.get(i), Comparator.nullsLast(Comparator.naturalOrder()));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  /** All series of a measurement that have a point to be read, sorted by their tags. */
  static List<Series> of(Measurement measurement, List<String> tags, IntPredicate wanted) {
    TreeMap<List<@Nullable String>, List<Integer>> groups = new TreeMap<>(NULLS_LAST);
    for (int row = 0; row < measurement.rows(); row++) {
      if (wanted.test(row)) {
        List<@Nullable String> group = new ArrayList<>();
        for (String tag : tags) {
          group.add(measurement.tag(row, tag));
        }
        groups.computeIfAbsent(group, none -> new ArrayList<>()).add(row);
      }
    }
    List<Series> all = new ArrayList<>();
    groups.forEach(
        (group, rows) -> {
          rows.sort(Comparator.comparingLong(measurement::time));
          all.add(
              new Series(Collections.unmodifiableList(group), Collections.unmodifiableList(rows)));
        });
    return all;
  }
}
