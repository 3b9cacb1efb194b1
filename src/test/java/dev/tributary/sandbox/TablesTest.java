package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.table.ColumnKind;
import dev.tributary.sandbox.table.Table;
import dev.tributary.sandbox.table.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final int ROUNDS =
      "full".equals(System.getProperty("tributary.test.counts")) ? 2_000 : 100;

  @Test
  void whateverTheOrderOfLoadingEachPointIsOneRowWithTheLastValues() throws Exception {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      Map<String, Map<String, Double>> expected = new TreeMap<>();
      Tables tables = new Tables(Map.of());
      for (int load = 0; load < 3; load++) {
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < random.nextInt(20); line++) {
          String series = random.nextBoolean() ? ",a=" + random.nextInt(3) : "";
          series += random.nextBoolean() ? ",b=" + random.nextInt(2) : "";
          int time = random.nextInt(4);
          String field = "xyz".substring(random.nextInt(3)).substring(0, 1);
          double value = random.nextInt(100);
          lines.append("m%s %s=%s %d\n".formatted(series, field, value, time));
          expected.computeIfAbsent(series + " " + time, point -> new TreeMap<>()).put(field, value);
        }
        tables = new LineProtocol(lines.toString(), TimeUnit.NANOSECONDS, 0).addTo(tables);
      }

      assertThat(points(tables)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static Map<String, Map<String, Double>> points(Tables tables) {
    Map<String, Map<String, Double>> points = new TreeMap<>();
    tables.all().forEach(table -> collect(table, points));
    return points;
  }

  private static void collect(Table table, Map<String, Map<String, Double>> points) {
    for (int row = 0; row < table.rows(); row++) {
      StringBuilder series = new StringBuilder();
      Map<String, Double> fields = new TreeMap<>();
      for (int column = 0; column < table.columns().size(); column++) {
        Table.Column header = table.columns().get(column);
        Object value = table.value(row, column);
        if (value != null && header.kind() == ColumnKind.TAG) {
          series.append(",").append(header.name()).append("=").append(value);
        } else if (value instanceof Double number) {
          fields.put(header.name(), number);
        }
      }
      assertThat(points.put(series + " " + table.time(row), fields)).isNull();
    }
  }

  @Test
  void rowsAreSortedBySeriesThenTimeAMissingTagFirst() throws Exception {
    String lines = "m,b=1 v=1 5\nm,a=2 v=2 1\nm,a=1,b=2 v=3 9\nm,a=1,b=2 v=4 3\nm v=5 7";
    Table table =
        new LineProtocol(lines, TimeUnit.NANOSECONDS, 0)
            .addTo(new Tables(Map.of()))
            .table("m")
            .orElseThrow();

    int column = table.indexOf("v").orElseThrow();
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      values.add(Objects.requireNonNull(table.value(row, column)));
    }
    assertThat(values).containsExactly(5.0, 1.0, 4.0, 3.0, 2.0);
  }
}
