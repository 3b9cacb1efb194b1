package dev.tributary.sandbox.influxql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.LoadedTables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random points and queries, answered once more by loops that know no engine. */
class NaiveAnswersTest {

  private static final int QUERIES =
      "full".equals(System.getProperty("tributary.test.counts")) ? 5_000 : 400;
  private static final List<String> FUNCTIONS =
      List.of("mean", "sum", "count", "min", "max", "first", "last");

  private record Point(String room, long time, @Nullable Double f, @Nullable Long i) {}

  private record Question(
      String function,
      boolean integers,
      long bin,
      long from,
      long to,
      boolean byRoom,
      boolean filled) {

    String text() {
      return "SELECT %s(%s) FROM m WHERE time >= %dns AND time < %dns GROUP BY time(%dns)%s fill(%s)"
          .formatted(
              function,
              integers ? "i" : "f",
              from,
              to,
              bin,
              byRoom ? ", room" : "",
              filled ? "null" : "none");
    }
  }

  @Test
  void theEngineAgreesWithPlainLoops() throws Exception {
    long seed = 31_415;
    Random random = new Random(seed);
    for (int run = 0; run < QUERIES; run++) {
      List<Point> points = points(random);
      Question question = question(random);
      InfluxqlResult answer =
          new InfluxqlEngine(
                  LoadedTables.of(lines(points), TimeUnit.NANOSECONDS),
                  InstantSource.fixed(Instant.EPOCH.plusNanos(500)))
              .execute(question.text(), Map.of());
      assertThat(rows(answer))
          .as("seed %d, run %d: %s over %s", seed, run, question.text(), points)
          .isEqualTo(naive(points, question));
    }
  }

  /** Every point has its own time, so that the first and the last are certain. */
  private static List<Point> points(Random random) {
    List<Point> points = new ArrayList<>();
    long time = random.nextInt(50);
    for (int n = 2 + random.nextInt(40); n > 0; n--) {
      time += 1 + random.nextInt(20);
      Double f = random.nextInt(4) == 0 ? null : random.nextInt(40) / 4.0;
      Long i = f == null || random.nextInt(3) == 0 ? Long.valueOf(random.nextInt(9) - 4) : null;
      points.add(new Point("r" + random.nextInt(3), time, f, i));
    }
    points.add(new Point("r0", 1_000_000, 1.0, 1L));
    return points;
  }

  private static Question question(Random random) {
    long from = random.nextInt(100);
    return new Question(
        FUNCTIONS.get(random.nextInt(FUNCTIONS.size())),
        random.nextBoolean(),
        1 + random.nextInt(60),
        from,
        from + 1 + random.nextInt(400),
        random.nextBoolean(),
        random.nextInt(3) == 0);
  }

  private static String lines(List<Point> points) {
    StringBuilder lines = new StringBuilder();
    for (Point point : points) {
      lines.append("m,room=").append(point.room()).append(' ');
      lines.append(point.f() == null ? "" : "f=" + point.f());
      lines.append(point.f() == null || point.i() == null ? "" : ",");
      lines.append(point.i() == null ? "" : "i=" + point.i() + "i");
      lines.append(' ').append(point.time()).append('\n');
    }
    return lines.toString();
  }

  private static List<String> naive(List<Point> points, Question question) {
    TreeMap<String, TreeMap<Long, List<Number>>> groups = new TreeMap<>();
    for (Point point : points) {
      Number value = question.integers() ? (Number) point.i() : (Number) point.f();
      if (value != null && point.time() >= question.from() && point.time() < question.to()) {
        groups
            .computeIfAbsent(question.byRoom() ? point.room() : "", none -> new TreeMap<>())
            .computeIfAbsent(point.time() / question.bin(), none -> new ArrayList<>())
            .add(value);
      }
    }
    List<String> rows = new ArrayList<>();
    groups.forEach(
        (room, bins) -> {
          if (question.filled()) {
            for (long at = question.from(); at < question.to(); at++) {
              bins.computeIfAbsent(at / question.bin(), none -> new ArrayList<>());
            }
          }
          bins.forEach(
              (bin, values) ->
                  rows.add(
                      room
                          + "@"
                          + bin * question.bin()
                          + "="
                          + apply(question.function(), values)));
        });
    return rows;
  }

  private static @Nullable Number apply(String function, List<Number> values) {
    if (function.equals("count")) {
      return (long) values.size();
    }
    if (values.isEmpty()) {
      return null;
    }
    Comparator<Number> order = Comparator.comparingDouble(Number::doubleValue);
    double sum = values.stream().mapToDouble(Number::doubleValue).sum();
    return switch (function) {
      case "mean" -> sum / values.size();
      case "sum" -> values.get(0) instanceof Long ? (Number) (long) sum : (Number) sum;
      case "min" -> values.stream().min(order).orElseThrow();
      case "max" -> values.stream().max(order).orElseThrow();
      case "first" -> values.get(0);
      default -> values.get(values.size() - 1);
    };
  }

  private static List<String> rows(InfluxqlResult answer) {
    List<String> rows = new ArrayList<>();
    int last = answer.columns().size() - 1;
    for (int row = 0; row < answer.rows(); row++) {
      Object room = last == 3 ? answer.columns().get(2).values().get(row) : "";
      rows.add(
          room
              + "@"
              + answer.columns().get(1).values().get(row)
              + "="
              + answer.columns().get(last).values().get(row));
    }
    return rows;
  }
}
