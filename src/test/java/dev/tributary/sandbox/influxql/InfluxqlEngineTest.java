package dev.tributary.sandbox.influxql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.sandbox.LoadedTables;
import dev.tributary.sandbox.influxql.InfluxqlResult.Column;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfluxqlEngineTest {

  private static final String DATA =
      """
      air,room=b,side=east t=1,n=1i,u=3u,on=true 0
      air,room=b,side=west t=2,n=2i,s="x" 10
      air,room=a t=3,n=5i 20
      air,room=a t=5 25
      air t=7,n=-1i 70
      soil,room=a wet=0.5,t=9 30
      rain,room=a mm=1 5
      """;

  private final InfluxqlEngine engine =
      new InfluxqlEngine(
          LoadedTables.of(DATA, TimeUnit.SECONDS), InstantSource.fixed(Instant.ofEpochSecond(100)));

  @Test
  void seriesComeInTheOrderOfTheirTagsAndThoseWithoutOneLast() throws Exception {
    assertThat(rows("SELECT t FROM air GROUP BY room"))
        .containsExactly(
            "air 20 a 3.0", "air 25 a 5.0", "air 0 b 1.0", "air 10 b 2.0", "air 70 - 7.0");
  }

  @Test
  void limitAndOffsetCountInEverySeriesAndInTheOrderAskedFor() throws Exception {
    assertThat(rows("SELECT t FROM air GROUP BY room ORDER BY time DESC LIMIT 1"))
        .containsExactly("air 25 a 5.0", "air 10 b 2.0", "air 70 - 7.0");
    assertThat(rows("SELECT t FROM air GROUP BY room LIMIT 1 OFFSET 1"))
        .containsExactly("air 25 a 5.0", "air 10 b 2.0");
    assertThat(
            rows(
                "SELECT sum(n) FROM air WHERE time < 30s GROUP BY time(10s) fill(0)"
                    + " ORDER BY time DESC LIMIT 2"))
        .containsExactly("air 20 5", "air 10 2");
  }

  @Test
  void selectedTagsOrderRowsOfTheSameTime() throws Exception {
    assertThat(rows("SELECT room, t, side FROM air WHERE t < 3"))
        .containsExactly("air 0 b 1.0 east", "air 10 b 2.0 west");
  }

  @Test
  void aTagOfTheGroupThatIsSelectedStaysWhereItIs() throws Exception {
    InfluxqlResult answer = execute("SELECT t, room FROM air GROUP BY side, room");

    assertThat(answer.columns())
        .extracting(Column::name)
        .containsExactly("iox::measurement", "time", "side", "t", "room");
    assertThat(answer.metadata())
        .containsEntry(
            "iox::influxql::group_key::metadata",
            "{\"tagKeyColumns\":[{\"tagKey\":\"room\",\"columnIndex\":4,\"isProjected\":true},"
                + "{\"tagKey\":\"side\",\"columnIndex\":2}]}");
  }

  @Test
  void emptyBinsAreFilledAsAskedUpToNow() throws Exception {
    String query = "SELECT mean(t), count(t) FROM air WHERE room = 'a' GROUP BY time(20s) ";
    assertThat(rows(query))
        .containsExactly("air 20 4.0 2", "air 40 - 0", "air 60 - 0", "air 80 - 0", "air 100 - 0");
    assertThat(rows(query + "fill(none)")).containsExactly("air 20 4.0 2");
    assertThat(
            rows(
                "SELECT mean(t), sum(n) FROM air WHERE time > 0s AND time < 80s"
                    + " GROUP BY time(20s) fill(1.5)"))
        .containsExactly("air 0 2.0 2", "air 20 4.0 5", "air 40 1.5 1", "air 60 7.0 -1");
    assertThat(rows("SELECT last(t) FROM air WHERE time < 80s GROUP BY time(20s) fill(previous)"))
        .containsExactly("air 0 2.0", "air 20 5.0", "air 40 5.0", "air 60 7.0");
    assertThat(rows("SELECT last(t) FROM air WHERE time < 80s GROUP BY time(20s) fill(linear)"))
        .containsExactly("air 0 2.0", "air 20 5.0", "air 40 6.0", "air 60 7.0");
  }

  @Test
  void severalMeasurementsAreOneTableWithWhatOneLacksAsNull() throws Exception {
    InfluxqlResult answer = execute("SELECT max(t), max(wet) FROM air, /^so/, nosuch, air");

    assertThat(answer.metadata()).doesNotContainKey("iox::measurement::name");
    assertThat(texts(answer)).containsExactly("air 0 7.0 -", "soil 0 9.0 0.5");
    assertThat(rows("SELECT t FROM /./ WHERE time > 20s"))
        .containsExactly("air 25 5.0", "air 70 7.0", "soil 30 9.0");
  }

  @Test
  void aMeasurementWithoutAnyOfTheFieldsIsLeftOut() throws Exception {
    assertThat(execute("SELECT nosuch, room FROM air").columns()).hasSize(1);
    assertThat(rows("SELECT wet FROM air, soil")).containsExactly("soil 30 0.5");
  }

  @Test
  void aSelectorTakesTheOtherColumnsFromItsPoint() throws Exception {
    assertThat(rows("SELECT max(n), t, room FROM air")).containsExactly("air 20 5 3.0 a");
    assertThat(rows("SELECT first(t), last(t) FROM air WHERE time >= 5s"))
        .containsExactly("air 5 2.0 7.0");
    assertThat(rows("SELECT last(s) FROM air")).containsExactly("air 10 x");
  }

  @Test
  void starsAndRepeatedFunctionsAreNamed() throws Exception {
    assertThat(execute("SELECT max(*) FROM air").columns())
        .extracting(Column::name)
        .endsWith("time", "max_n", "max_on", "max_t", "max_u");
    assertThat(execute("SELECT mean(t), mean(n), mean(u), sum(t) / count(n) FROM air").columns())
        .extracting(Column::name)
        .endsWith("mean", "mean_1", "mean_2", "sum_count");
    assertThat(execute("SELECT *::tag, /n$/ FROM air").columns())
        .extracting(Column::name)
        .endsWith("time", "room", "side", "n", "on");
  }

  @Test
  void arithmeticKeepsIntegersUntilTheyAreDivided() throws Exception {
    assertThat(rows("SELECT sum(n) * 2, sum(n) / 2, sum(t) - 0.5 FROM air"))
        .containsExactly("air 0 14 3.5 17.5");
    assertThat(rows("SELECT n + 1, -t FROM air WHERE time = 20s")).containsExactly("air 20 6 -3.0");
  }

  @Test
  void conditionsCompareWhatIsComparable() throws Exception {
    assertThat(rows("SELECT t FROM air WHERE room = ''")).containsExactly("air 70 7.0");
    assertThat(rows("SELECT t FROM air WHERE nosuch = ''")).hasSize(5);
    assertThat(rows("SELECT t FROM air WHERE room != 'a'")).hasSize(3);
    assertThat(rows("SELECT t FROM air WHERE room > 'a'")).isEmpty();
    assertThat(rows("SELECT t FROM air WHERE room =~ /^[ab]$/ AND side !~ /st/")).hasSize(2);
    assertThat(rows("SELECT t FROM air WHERE n > 1.5 OR u = 3 OR \"on\" = true")).hasSize(3);
    assertThat(rows("SELECT t FROM air WHERE n = 'x' OR s = 'x' OR 7 <= t")).hasSize(2);
    assertThat(rows("SELECT t FROM air WHERE n + 1 > t * 1.5 AND true"))
        .containsExactly("air 0 1.0", "air 20 3.0");
  }

  @Test
  void timeBoundsTheWholeQueryWhereverItStands() throws Exception {
    assertThat(rows("SELECT t FROM air WHERE time > 20s OR room = 'a'"))
        .containsExactly("air 25 5.0");
    assertThat(rows("SELECT t FROM air WHERE now() - 90s <= time AND time < now() - (1m15s)"))
        .containsExactly("air 10 2.0", "air 20 3.0");
    assertThat(rows("SELECT t FROM air WHERE time >= 20s and time <= 25000000000"))
        .containsExactly("air 20 3.0", "air 25 5.0");
    assertThat(rows("SELECT t FROM air WHERE time > '1970-01-01T01:00:20.5+01:00'"))
        .containsExactly("air 25 5.0", "air 70 7.0");
  }

  @Test
  void aTextWithoutZoneIsReadOnTheClockOfTheQuery() throws Exception {
    assertThat(rows("SELECT t FROM air WHERE time >= '1970-01-01 00:01:10'"))
        .containsExactly("air 70 7.0");
    assertThat(rows("SELECT t FROM air WHERE time >= '1970-01-01 01:01:10' tz('Europe/Berlin')"))
        .containsExactly("air 70 7.0");
    assertThat(rows("SELECT t FROM air WHERE time < '1970-01-01T00:00:10Z' tz('Europe/Berlin')"))
        .containsExactly("air 0 1.0");
    assertThatThrownBy(
            () -> rows("SELECT t FROM air WHERE time > '2024-03-31 02:30:00' tz('Europe/Berlin')"))
        .hasMessageContaining("is not a valid timestamp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2022-01-01T00:00:00",
        "2022-01-01T00:00Z",
        "2022-02-30",
        "2022-01-01 25:00:00",
        "now",
        ""
      })
  void whatIsNoTimestampIsRefusedInTheServersWords(String text) {
    assertThatThrownBy(() -> rows("SELECT t FROM air WHERE time > '" + text + "'"))
        .hasMessage(
            "Error while planning query: rewriting statement: split condition: Error during"
                + " planning: invalid expression \"'%s'\": '%s' is not a valid timestamp",
            text, text);
  }

  @Test
  void statisticsAreComputed() throws Exception {
    assertThat(rows("SELECT median(t), spread(n), stddev(n), spread(t) FROM air"))
        .containsExactly("air 0 3.0 6 2.5 6.0");
    assertThat(rows("SELECT stddev(u), sum(u), mean(u), max(u) FROM air"))
        .containsExactly("air 0 - 3 3.0 3");
  }

  @Test
  void anUnknownFieldIsAColumnOfNothingWhateverIsMadeOfIt() throws Exception {
    InfluxqlResult answer = execute("SELECT count(nosuch), max(t) FROM air");

    assertThat(answer.columns().get(2).type()).isEqualTo(InfluxqlResult.ValueType.NULL);
    assertThat(texts(answer)).containsExactly("air 0 - 7.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT mean(t), n FROM air -- mixing aggregate and non-aggregate columns is not supported",
        "SELECT max(t), min(t), n FROM air -- mixing multiple selector functions with tags or"
            + " fields is not supported",
        "SELECT t FROM air GROUP BY time(1m) -- GROUP BY requires at least one aggregate function",
        "SELECT mean(t) FROM air SLIMIT 1 -- not implemented: SLIMIT or SOFFSET",
        "SELECT derivative(t) FROM air -- the sandbox does not support derivative() in InfluxQL",
        "SELECT count(distinct(t)) FROM air -- the sandbox does not support",
        "SELECT count(room), max(t) FROM air -- the sandbox does not support count(room)",
        "SELECT mean(s) FROM air -- the sandbox does not support mean(s)",
        "SELECT t FROM air WHERE time != 0 -- invalid time comparison operator: !=",
        "SELECT t FROM air WHERE room = $x -- '$x' was referenced"
      })
  void whatHasNoAnswerIsRefused(String queryAndReason) {
    String reason = queryAndReason.substring(queryAndReason.indexOf("-- ") + 3);

    assertThatThrownBy(() -> rows(queryAndReason))
        .isInstanceOfSatisfying(
            InfluxqlRefusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo("INVALID_ARGUMENT"))
        .hasMessageContaining(reason);
  }

  private InfluxqlResult execute(String query) throws InfluxqlRefusal {
    return engine.execute(query, Map.of());
  }

  private List<String> rows(String query) throws InfluxqlRefusal {
    return texts(execute(query));
  }

  /** A line for each row: times in seconds, nulls as dashes. */
  private static List<String> texts(InfluxqlResult answer) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < answer.rows(); i++) {
      int row = i;
      texts.add(
          answer.columns().stream()
              .map(
                  column -> {
                    Object value = column.values().get(row);
                    return value == null
                        ? "-"
                        : column.name().equals("time") && value instanceof Long nanos
                            ? String.valueOf(nanos / 1_000_000_000L)
                            : value.toString();
                  })
              .collect(Collectors.joining(" ")));
    }
    return texts;
  }
}
