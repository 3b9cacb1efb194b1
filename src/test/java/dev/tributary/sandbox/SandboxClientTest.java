package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.influxdb.v3.client.InfluxDBClient;
import com.influxdb.v3.client.PointValues;
import com.influxdb.v3.client.query.QueryOptions;
import com.influxdb.v3.client.query.QueryType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** InfluxDB's own Java client, as shipped, against the sandbox. */
@SuppressWarnings("try") // a close that an interrupt ends fails the test, as it should
class SandboxClientTest {

  private static final String TOKEN = "token-of-the-test";

  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard().withToken(TOKEN));
    sandbox.loadHome("home");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static InfluxDBClient client(String token) {
    return InfluxDBClient.getInstance(
        "http://127.0.0.1:" + sandbox.port(), token.toCharArray(), "home");
  }

  @Test
  void itBindsParametersAndReadsRows() throws Exception {
    try (InfluxDBClient client = client(TOKEN);
        Stream<Object[]> rows =
            client.query(
                "SELECT room, count(*) AS n FROM home WHERE time >= $start AND time < $end AND room = $room GROUP BY room",
                Map.of(
                    "start", "2022-01-01T08:00:00Z",
                    "end", "2022-01-01T12:00:00Z",
                    "room", "Kitchen"))) {
      assertThat(rows.map(List::of)).containsExactly(List.of("Kitchen", 4L));
    }
  }

  @Test
  void itKnowsTagsFromFieldsByTheirMetadata() throws Exception {
    try (InfluxDBClient client = client(TOKEN);
        Stream<PointValues> points =
            client.queryPoints("SELECT * FROM home WHERE room = 'Kitchen' ORDER BY time LIMIT 1")) {
      PointValues point = points.findFirst().orElseThrow();
      assertThat(point.getTag("room")).isEqualTo("Kitchen");
      assertThat(point.getFloatField("temp")).isEqualTo(21.0);
      assertThat(point.getIntegerField("co")).isEqualTo(0);
    }
  }

  @Test
  void itAsksInInfluxql() throws Exception {
    try (InfluxDBClient client = client(TOKEN);
        Stream<Object[]> rows =
            client.query(
                "SELECT MEAN(temp) FROM home WHERE time >= $start AND time < $end"
                    + " GROUP BY time(2h), room fill(none)",
                Map.of("start", "2022-01-01T08:00:00Z", "end", "2022-01-01T10:00:00Z"),
                new QueryOptions(QueryType.InfluxQL))) {
      assertThat(rows.map(row -> List.of(row[0], row[2], row[3])))
          .containsExactly(List.of("home", "Kitchen", 22.0), List.of("home", "Living Room", 21.25));
    }
  }

  @Test
  void aWrongTokenAndAWrongQueryArriveAsExceptionsWithTheText() throws Exception {
    try (InfluxDBClient wrong = client("wrong");
        InfluxDBClient right = client(TOKEN)) {
      assertThatThrownBy(() -> drain(wrong.query("SELECT 1")))
          .hasMessageContaining("Unauthenticated");
      assertThatThrownBy(() -> drain(right.query("SELECT nosuch FROM home")))
          .hasMessageContaining("No field named nosuch. Valid fields are home.co");
    }
  }

  private static void drain(Stream<Object[]> rows) {
    try (rows) {
      rows.forEach(row -> assertThat(row).isNotNull());
    }
  }
}
