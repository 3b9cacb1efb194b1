package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Query.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code W} stands for the two bounds of a window, {@code B} for an hour's bin. */
class SplitCheckTest {

  private static String obstacle(Language language, String query, boolean binIsSaid) {
    String text =
        query
            .replaceAll("\\bW\\b", "time >= \\$start AND time < \\$end")
            .replaceAll("\\bB\\b", "DATE_BIN(INTERVAL '1 hour', time)");
    QueryText read = QueryText.read(language, text);
    assertThat(read.findings().stream().filter(Finding::isError)).as(text).isEmpty();
    return read.splitObstacle(binIsSaid).orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT B AS time, room, avg(t) AS t FROM home WHERE W GROUP BY 1, room ORDER BY room, 1",
        "SELECT B AS bin, avg(t) AS t FROM home WHERE W GROUP BY bin",
        "SELECT room, B bin, avg(t) AS t FROM home WHERE W GROUP BY room, 2",
        "SELECT B AS time, avg(t) AS t FROM home WHERE W GROUP BY B",
        "SELECT B AS time, room, avg(t) AS t FROM home WHERE W GROUP BY ALL",
        "SELECT * FROM home WHERE W",
        "SELECT h.time, upper(h.room) AS room, round(h.t) AS t FROM home h WHERE h.time >= $start AND h.time < $end",
        "SELECT DISTINCT time, room FROM home WHERE W",
        "SELECT DISTINCT B AS time, room FROM home WHERE W",
        "WITH m AS (SELECT date_bin('1 minute', time) AS minute, room, avg(t) AS t FROM home WHERE W GROUP BY 1, room)"
            + " SELECT date_bin('1 hour', minute) AS time, max(t) AS t FROM m GROUP BY 1",
        "SELECT bin AS time, max(t) AS t FROM (SELECT B AS bin, room, avg(t) AS t FROM home WHERE W GROUP BY 1, 2) GROUP BY bin",
        "SELECT time FROM home WHERE $start <= time AND $end > time AND note = 'limit over union'",
        "SELECT time FROM home WHERE (time >= $start::timestamp AND time < to_timestamp($end)) AND t > 1",
        "SELECT time FROM home WHERE time >= cast($start AS timestamp) AND time < $end;",
        "SELECT B AS time, selector_max(t, time)['value'] AS t, count(DISTINCT room) AS n FROM home WHERE W GROUP BY 1 HAVING count(*) > 1",
      })
  void aQueryInSqlOfWhichEveryRowComesFromOneBinMayBeAskedInPieces(String query) {
    assertThat(obstacle(Language.SQL, query, false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT B AS time, avg(t) AS t FROM home WHERE W GROUP BY 1 ORDER BY 1 LIMIT 5 | has LIMIT",
        "SELECT time FROM (SELECT time FROM home WHERE W ORDER BY t LIMIT 1) | has LIMIT",
        "SELECT time FROM home WHERE W OFFSET 1 | has OFFSET",
        "SELECT time FROM home WHERE W FETCH FIRST 1 ROW ONLY | has FETCH",
        "SELECT time, lag(t) OVER (ORDER BY time) AS l FROM home WHERE W | has OVER",
        "SELECT date_bin_gapfill('1 hour', time) AS time, avg(t) AS t FROM home WHERE W GROUP BY 1 | calls date_bin_gapfill()",
        "SELECT date_bin_wallclock_gapfill('1 hour', tz(time, 'Europe/Berlin')) AS time, avg(t) AS t FROM home WHERE W GROUP BY 1 | calls date_bin_wallclock_gapfill()",
        "SELECT B AS time, locf(avg(t)) AS t FROM home WHERE W GROUP BY 1 | calls locf()",
        "SELECT max(t) AS t FROM (SELECT B AS time, avg(t) AS t FROM home WHERE W GROUP BY 1) | calls max() over several bins",
        "WITH b AS (SELECT B AS time, room, avg(t) AS t FROM home WHERE W GROUP BY 1, 2) SELECT room, max(t) AS t FROM b GROUP BY room | has GROUP BY without the bin",
        "SELECT room, max(t) AS t FROM home WHERE W GROUP BY 1 | has GROUP BY without the bin",
        "SELECT extract(hour FROM B) AS h, max(t) AS t FROM home WHERE W GROUP BY 1 | has GROUP BY without the bin",
        "SELECT date_trunc('day', time) AS d, max(t) AS t FROM home WHERE W GROUP BY 1 | has GROUP BY without the bin",
        "SELECT B AS time, room, avg(t) AS t FROM home WHERE W GROUP BY ROLLUP (1, room) | has GROUP BY ROLLUP",
        "SELECT DISTINCT room FROM home WHERE W | has DISTINCT without the bin",
        "SELECT DISTINCT ON (room) time, room FROM home WHERE W | has DISTINCT ON",
        "SELECT time FROM home WHERE W UNION ALL SELECT time FROM away WHERE W | has UNION",
        "SELECT time FROM home WHERE W EXCEPT SELECT time FROM away WHERE W | has EXCEPT",
        "SELECT time FROM home WHERE W INTERSECT SELECT time FROM away WHERE W | has INTERSECT",
        "SELECT h.time FROM home h JOIN away a ON a.room = h.room WHERE h.time >= $start AND h.time < $end | has JOIN",
        "SELECT time FROM home h, away a WHERE W | has several tables",
        "SELECT time FROM home WHERE W AND room IN (SELECT room FROM hot WHERE W) | has a subquery behind 'IN'",
        "SELECT time FROM home WHERE W AND t > (SELECT t FROM hot WHERE W) | has a subquery behind '>'",
        "SELECT time, something(t) AS t FROM home WHERE W | calls something() over several bins",
        "SELECT B AS time, $start AS s, avg(t) AS t FROM home WHERE W GROUP BY 1 | uses $start otherwise than in 'time >= $start'",
        "SELECT time FROM home WHERE time >= $start AND time <= $end | uses $end otherwise than in 'time < $end'",
        "SELECT time FROM home WHERE time > $start AND time < $end | uses $start otherwise",
        "SELECT time FROM home WHERE time BETWEEN $start AND $end | uses $start otherwise",
        "SELECT time FROM home WHERE time >= $start - INTERVAL '1 hour' AND time < $end | uses $start otherwise",
        "SELECT time FROM home WHERE time + INTERVAL '1 hour' >= $start AND time < $end | uses $start otherwise",
        "SELECT time FROM home WHERE stamp >= $start AND time < $end | uses $start otherwise",
        "SELECT time FROM home WHERE time >= $start AND NOT time < $end | uses $end otherwise",
      })
  void aQueryInSqlOfWhichRowsMayComeFromSeveralBinsIsNamed(String query, String obstacle) {
    assertThat(obstacle(Language.SQL, query, false)).startsWith(obstacle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT date_trunc('day', time) AS d, max(t) AS t FROM home WHERE W GROUP BY 1",
        "SELECT date_trunc('day', time) AS d, room, max(t) AS t FROM home WHERE W GROUP BY d, room",
      })
  void aTruncatedTimeIsABinWhereTheOperatorSaysHowLongItIs(String query) {
    assertThat(obstacle(Language.SQL, query, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT mean(t) FROM home WHERE W GROUP BY time(1h), room fill(none)",
        "SELECT max(m) FROM (SELECT mean(t) AS m FROM home WHERE W GROUP BY time(1m) fill(none)) GROUP BY time(1h) fill(none)",
        "SELECT abs(m) FROM (SELECT mean(t) AS m FROM home WHERE W GROUP BY time(1m) fill(none))",
        "SELECT t, room FROM home, away WHERE W ORDER BY time DESC",
        "SELECT t FROM home WHERE c = 'limit' AND \"slimit\" = 'derivative(' AND W GROUP BY room",
        "SELECT mean(t) FROM home WHERE W GROUP BY time(1d) fill(none) tz('Europe/Berlin')",
        "SELECT distinct(t) FROM home WHERE W GROUP BY time(1h) fill(none)",
      })
  void aQueryInInfluxqlOfWhichEveryRowComesFromOneBinMayBeAskedInPieces(String query) {
    assertThat(obstacle(Language.INFLUXQL, query, false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT t FROM home WHERE W LIMIT 5 | has LIMIT",
        "SELECT t FROM home WHERE W SLIMIT 5 | has SLIMIT",
        "SELECT t FROM home WHERE W OFFSET 5 | has OFFSET",
        "SELECT t FROM home WHERE W SOFFSET 5 | has SOFFSET",
        "SELECT mean(t) FROM home WHERE W GROUP BY time(1h) fill(previous) | has fill(previous)",
        "SELECT mean(t) FROM home WHERE W GROUP BY time(1h) fill(linear) | has fill(linear)",
        "SELECT mean(t) FROM home WHERE W GROUP BY time(1h) fill(0) | has fill(0)",
        "SELECT mean(t) FROM home WHERE W GROUP BY time(1h) | has GROUP BY time without fill(none)",
        "SELECT Derivative(mean(t), 1s) FROM home WHERE W GROUP BY time(1h) fill(none) | calls derivative(), which looks beyond",
        "SELECT moving_average(t, 5) FROM home WHERE W | calls moving_average()",
        "SELECT integral(t) FROM home WHERE W GROUP BY time(1h) fill(none) | calls integral()",
        "SELECT mean(t) FROM home WHERE W | calls mean() over several bins",
        "SELECT max(m) FROM (SELECT mean(t) AS m FROM home WHERE W GROUP BY time(1h) fill(none)) | calls max() over several bins",
        "SELECT DISTINCT t FROM home WHERE W | has DISTINCT",
        "SELECT t FROM home WHERE time >= $start AND time <= $end | uses $end otherwise",
        "SELECT t FROM home WHERE time >= $start - 1h AND time < $end | uses $start otherwise",
      })
  void aQueryInInfluxqlOfWhichRowsMayComeFromSeveralBinsIsNamed(String query, String obstacle) {
    assertThat(obstacle(Language.INFLUXQL, query, false)).startsWith(obstacle);
  }
}
