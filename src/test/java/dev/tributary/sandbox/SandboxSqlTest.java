package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.job.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxSqlTest {

  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws Failure {
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static Answer ask(String sql) throws Exception {
    return Answer.toSql(sandbox.port(), "home", sql);
  }

  private static Answer ask(String sql, Map<String, Object> params) throws Exception {
    Map<String, Object> ticket = Map.of("database", "home", "sql_query", sql, "params", params);
    byte[] json = new ObjectMapper().writeValueAsString(ticket).getBytes(StandardCharsets.UTF_8);
    return Answer.to(sandbox.port(), json, "");
  }

  @Test
  void parametersInStringsNamesAndCommentsAreText() throws Exception {
    Answer answer =
        ask(
            "SELECT '$a' AS \"$b\" /* $c /* $d */ $e */, $f AS f, 'it''s $g' AS g -- $h",
            Map.of("f", "it's"));

    assertThat(answer.message()).isEmpty();
    assertThat(answer.rows()).containsExactly(List.of("$a", "it's", "it's $g"));
    assertThat(answer.columnName(0)).isEqualTo("$b");
  }

  @Test
  void selectorsTakeNestedCallsAndOtherColumnsOfTheChosenRow() throws Exception {
    Answer answer =
        ask(
            "SELECT selector_max(round(temp * power(2, 0), 1), time, hum, co)['other_2'] AS co,"
                + " selector_min(temp, time)['time'] AS t FROM home WHERE room = 'Kitchen'");

    assertThat(answer.message()).isEmpty();
    assertThat(answer.rows()).containsExactly(List.of(18L, 1641024000000000000L));
  }

  @Test
  void expressionsOfTheUsersOwnMayComeFirst() throws Exception {
    Answer answer =
        ask(
            "WITH warm AS (SELECT room, temp FROM home WHERE temp > 23), k AS (SELECT * FROM warm)"
                + " SELECT room AS 'the room', count(*) AS n FROM k GROUP BY room");

    assertThat(answer.message()).isEmpty();
    assertThat(answer.rows()).containsExactly(List.of("Kitchen", 2L));
    assertThat(answer.columnName(0)).isEqualTo("the room");
  }

  @Test
  void tablesMayBeNamedWithTheirSchema() throws Exception {
    assertThat(ask("SELECT count(*) AS n FROM iox.home").rows()).containsExactly(List.of(26L));
    assertThat(ask("SELECT count(*) AS n FROM public.iox.home").rows())
        .containsExactly(List.of(26L));
    assertThat(ask("SELECT count(iox.home.temp) AS n FROM \"iox\".home").rows())
        .containsExactly(List.of(26L));
  }

  @Test
  void strangeNamesOfTablesAndColumnsWorkInQuotes() throws Exception {
    sandbox.load("odd", "My\\ \"T\",Tag\\=x=a\\,b Fiéld=1 1", TimeUnit.SECONDS);

    Answer answer =
        Answer.toSql(sandbox.port(), "odd", "SELECT \"Tag=x\", \"Fiéld\" FROM \"My \"\"T\"\"\"");
    Answer tables = Answer.toSql(sandbox.port(), "odd", "SHOW TABLES");

    assertThat(answer.message()).isEmpty();
    assertThat(answer.rows()).containsExactly(List.of("a,b", 1.0));
    assertThat(tables.rows()).contains(List.of("public", "iox", "My \"T\"", "BASE TABLE"));
  }

  @Test
  void aMistakeIsPlacedInTheTextThatTheUserWrote() throws Exception {
    assertThat(ask("SELECT room\nFROM home WHERE )").message())
        .contains("at Line: 2, Column: 17")
        .startsWith("Error while planning query: SQL error: ParserError(");
    assertThat(ask("WITH a AS (SELECT 1)\nSELECT room FROM home WHERE )").message())
        .contains("at Line: 2, Column: 29");
  }

  @Test
  void explainShowsAPlan() throws Exception {
    Answer answer = ask("EXPLAIN SELECT room FROM home");

    assertThat(answer.message()).isEmpty();
    assertThat(answer.rows().get(0).get(0)).isEqualTo("logical_plan");
  }

  @Test
  void whatIsMissingIsRefusedByName() throws Exception {
    assertThat(ask("SELECT date_bin_gapfill(INTERVAL '1 hour', time) AS t FROM home").message())
        .isEqualTo("Error while planning query: the sandbox does not support date_bin_gapfill");
    assertThat(ask("SELECT 'date_bin_gapfill(x)' AS t").status()).isEqualTo("OK");
  }

  @Test
  void aResultThatCannotBeSentIsRefused() throws Exception {
    assertThat(ask("SELECT arrow_cast(room, 'Dictionary(Int32, Utf8)') AS d FROM home").message())
        .isEqualTo(
            "Error while planning query: the sandbox does not support results with dictionaries");
    assertThat(ask("SELECT 1 AS a INTO made").message()).contains("DDL not supported");
  }

  @Test
  void textsOfEveryKindArriveAsPlainText() throws Exception {
    Answer answer =
        ask(
            "SELECT CAST(temp AS VARCHAR) AS t, arrow_cast(room, 'Utf8View') AS v, nullif(room, 'Kitchen') AS n FROM home ORDER BY time, room LIMIT 2");

    assertThat(answer.rows())
        .containsExactly(
            Arrays.asList("21.0", "Kitchen", null),
            Arrays.asList("21.1", "Living Room", "Living Room"));
  }

  @Test
  void wallClockDaysFollowTheZoneThroughAClockChange() throws Exception {
    sandbox.load(
        "clocks",
        "p v=1 1761429600\np v=1 1761516000\np v=1 1761519599\np v=1 1761519600",
        TimeUnit.SECONDS);

    Answer answer =
        Answer.toSql(
            sandbox.port(),
            "clocks",
            "SELECT date_bin_wallclock(INTERVAL '1 day', tz(time, 'Europe/Berlin')) AS day,"
                + " count(*) AS n FROM p GROUP BY 1 ORDER BY 1");

    assertThat(answer.message()).isEmpty();
    // the day of the change begins at 22:00 UTC and has 25 hours
    assertThat(answer.rows())
        .containsExactly(List.of(1761429600000000000L, 3L), List.of(1761519600000000000L, 1L));
  }

  @Test
  void pointsOfTheSameSeriesAndTimeAreOne() throws Exception {
    sandbox.load("merge", "m,b=2,a=1 x=1,y=2 10\nm,a=1,b=2 y=3 10\nm,a=1 x=9 10", TimeUnit.SECONDS);
    sandbox.load("merge", "m,a=1,b=2 z=\"\\\"new\\\" \\\\\" 10\nm,a=1,c=4 x=7 5", TimeUnit.SECONDS);

    Answer answer =
        Answer.toSql(sandbox.port(), "merge", "SELECT a, b, c, x, y, z FROM m ORDER BY x");

    assertThat(answer.rows())
        .containsExactly(
            Arrays.asList("1", "2", null, 1.0, 3.0, "\"new\" \\"),
            Arrays.asList("1", null, "4", 7.0, null, null),
            Arrays.asList("1", null, null, 9.0, null, null));
  }

  @Test
  void aLineThatCannotBeReadLoadsNothing() throws Exception {
    sandbox.load("strict", "m v=1 1", TimeUnit.SECONDS);

    assertThatThrownBy(() -> sandbox.load("strict", "m v=2 2\nm v=3i 3", TimeUnit.SECONDS))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot load line 2 of the line protocol: column 'v' is FLOAT")
        .hasMessageContaining("nothing was loaded");
    assertThatThrownBy(() -> sandbox.load("strict", "m,room= 2", TimeUnit.SECONDS))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> sandbox.load("strict", "m v=abc 2", TimeUnit.SECONDS))
        .hasMessageContaining("field 'v'");
    assertThat(Answer.toSql(sandbox.port(), "strict", "SELECT v FROM m").rows())
        .containsExactly(List.of(1.0));
  }
}
