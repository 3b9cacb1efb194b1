package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Query.Bound;
import dev.tributary.job.Query.Language;
import dev.tributary.job.Query.Placeholder;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlQueryTextTest {

  private static final String BOUNDS = " FROM home WHERE time >= $start AND time < $end";

  @Test
  void boundsAreFoundOnlyWhereTheServerSeesThem() {
    String text =
        """
        -- from $start
        SELECT 'it''s $starting' AS a, "a "" $ended" AS b /* $start /* $end */ $start */
        FROM home WHERE time >=$start AND note <> '--' AND time<$end -- $end""";
    QueryText query = read(text);

    assertThat(query.findings()).isEmpty();
    assertThat(query.query().placeholders())
        .containsExactly(
            new Placeholder(Bound.START, text.indexOf("=$start") + 1, 6),
            new Placeholder(Bound.END, text.indexOf("<$end") + 1, 4));
  }

  @Test
  void literalsTakeThePlaceOfBoundsAndOfNothingElse() {
    Window hour =
        new Window(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T01:00:00Z"));

    assertThat(read("SELECT '''$starting' AS a" + BOUNDS).query().withLiterals(hour))
        .isEqualTo(
            "SELECT '''$starting' AS a FROM home WHERE time >= '2026-01-01T00:00:00Z' AND time <"
                + " '2026-01-01T01:00:00Z'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 AS a WHERE t > '$start' | 24 | '$start' inside quotes is plain text; write it without quotes",
        "SELECT 1 AS a WHERE t > \"$end\" | 24 | '$end' inside quotes is plain text; write it without quotes",
        "SELECT $from AS a | 7 | '$from' is not a bound; a query has $start and $end, nothing else",
        "SELECT $Start AS a | 7 | '$Start' is not a bound; a query has $start and $end, nothing else; did you mean '$start'?",
        "SELECT $strat AS a | 7 | '$strat' is not a bound; a query has $start and $end, nothing else; did you mean '$start'?",
        "SELECT $1 AS a | 7 | '$1' is not a bound; a query has $start and $end, nothing else",
        "SELECT 1 AS a WHERE t >= 1 AND$start < t | 27 | 'AND$start' is one word; put a space before '$start'",
        "SELECT 'a | 7 | string is never closed",
        "SELECT 'a'' FROM b | 7 | string is never closed",
        "SELECT \"a FROM b | 7 | quoted name is never closed",
        "SELECT a /* /* */ FROM b | 9 | comment is never closed",
        "SELECT (a FROM b | 7 | '(' is never closed",
        "SELECT a['value' AS b | 8 | '[' is never closed",
        "SELECT (a] FROM b | 7 | '(' is never closed",
        "SELECT a) FROM b | 8 | ')' closes nothing",
        "SELECT 1 AS a; SELECT 2 | 15 | query must be one statement, but another follows the ';'",
        "DELETE FROM home | 0 | query must begin with SELECT or WITH, but begins with 'DELETE'",
        "EXPLAIN SELECT 1 AS a | 0 | query must begin with SELECT or WITH, but begins with 'EXPLAIN'",
        "\"SELECT\" 1 | 0 | query must begin with SELECT or WITH, but begins with '\"SELECT\"'",
        "WITH a AS (SELECT 1 AS b) DELETE FROM a | 26 | query must only read, but has 'DELETE'",
        "SELECT a INTO b FROM c | 9 | query must only read, but has 'INTO'",
        "SELECT $$it's$$ AS a | 7 | strings quoted by dollar signs are not read; write '…'",
        "SELECT $q$it's $start$q$ AS a | 7 | strings quoted by dollar signs are not read; write '…'",
        "SELECT E'it\\'s' AS a, 'b' | 8 | strings with backslash escapes are not read; write the character itself, a quote twice",
        "`-- nothing` | 0 | query is empty",
      })
  void whatCannotBeAQueryIsRefusedAtItsPlace(String text, int offset, String message) {
    assertThat(read(text).findings().stream().filter(Finding::isError))
        .anySatisfy(
            error -> {
              assertThat(error.message()).isEqualTo(message);
              assertThat(error.offset()).isEqualTo(offset);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS a;",
        "SELECT 1 AS a ; -- done\n ;",
        "WITH a AS (SELECT 1 AS b), c AS (SELECT b FROM a) SELECT b FROM c",
        "(SELECT 1 AS a) UNION ALL (SELECT 2 AS a)",
        "SELECT ';' AS a, '(' AS b, \")\" FROM c",
        "SELECT r'\\' AS a, 'back\\slash' AS b",
        "SELECT \"time\", `temp` FROM home",
        "SELECT x$y, _a, größe, \"温度\", '😀' AS smile FROM \"Straße\"",
        "select a, count(*) over (partition by b order by time) as n from c",
        "SELECT 'price $startling' AS a",
        "SELECT 1e-3 AS a, .5 AS b, 1_000, avg(c) 'c', m['key'] AS d, a::DOUBLE AS e, x -- y\nFROM t",
        "SELECT CASE WHEN a > 1 THEN 'x' ELSE 'y' END AS b, t.* FROM t",
      })
  void whatTheServerTakesIsTakenWithoutAFinding(String text) {
    assertThat(read(text).findings()).isEmpty();
  }

  @Test
  void aBoundInsideALongerStringIsOnlyDoubtful() {
    assertThat(read("SELECT 'from $start on' AS a" + BOUNDS).findings())
        .containsExactly(Finding.warning(7, 16, "'$start' inside quotes is plain text"));
  }

  @Test
  void allMistakesAreReportedByOffset() {
    assertThat(read("SELECT $a AS x, '$end' AS y, (b FROM c; SELECT 1").findings())
        .extracting(Finding::offset)
        .containsExactly(7, 16, 29, 40);
  }

  @Test
  void bracketsWithoutBottomAreRefusedQuickly() {
    assertThat(read("SELECT " + "f(".repeat(200) + "a" + ")".repeat(200) + " AS b").findings())
        .isEmpty();
    assertThat(read("SELECT " + "f(".repeat(500_000)).findings())
        .containsExactly(Finding.error(408, 1, "brackets are nested deeper than 200"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT a FROM b WHERE time > now() | 29",
        "SELECT a FROM b WHERE time > NOW ( ) - INTERVAL '1 day' | 29",
        "SELECT a FROM b WHERE time > now/*!*/() | 29",
        "SELECT current_timestamp AS a | 7",
        "SELECT CURRENT_DATE() AS a | 7",
        "SELECT today() AS a | 7",
        "SELECT \"now\"() AS a | 7",
        "SELECT 'now()' AS a, \"now\" AS b, now AS c, localtimestamp /* now() */ -- now() | -1",
        "SELECT nowadays(a) AS b, \"current_date\" AS c | -1",
      })
  void theClockIsFoundByTokenAndNotInsideStrings(String text, int offset) {
    assertThat(read(text).usesNow().orElse(-1)).isEqualTo(offset);
  }

  @Test
  void tokensIgnoreCommentsSpaceAndTheCaseOfUnquotedWords() {
    List<String> tokens =
        read("SELECT Room, \"Temp\" AS 'Max' FROM Home WHERE time>=$start;").tokens();

    assertThat(tokens)
        .containsExactly(
            "select",
            "room",
            ",",
            "\"Temp\"",
            "as",
            "'Max'",
            "from",
            "home",
            "where",
            "time",
            ">=",
            "$start");
    assertThat(read("select ROOM,\"Temp\"as'Max'/**/from home\n--x\nwhere TIME >= $start").tokens())
        .isEqualTo(tokens);
  }

  @Test
  void tokensTellApartWhatTheServerTellsApart() {
    List<String> tokens = read("SELECT \"a\" FROM b WHERE c = 'x'").tokens();

    assertThat(read("SELECT \"A\" FROM b WHERE c = 'x'").tokens()).isNotEqualTo(tokens);
    assertThat(read("SELECT \"a\" FROM b WHERE c = 'X'").tokens()).isNotEqualTo(tokens);
    assertThat(read("SELECT \"a\" FROM b WHERE c = ' x'").tokens()).isNotEqualTo(tokens);
    assertThat(read("SELECT \"a\" FROM b WHERE c = 'x' -- '\n").tokens()).isEqualTo(tokens);
  }

  @Test
  void groupingByAColumnThatABinHidesIsWarnedAboutInEveryScope() {
    assertThat(
            warnings("SELECT date_bin('1 hour', time) AS \"time\", a FROM b GROUP BY \"time\", a"))
        .singleElement()
        .asString()
        .contains("GROUP BY 1");
    assertThat(
            warnings(
                "WITH h AS (SELECT a, date_bin('1 hour', time) time FROM b GROUP BY a, time HAVING"
                    + " count(*) > 1) SELECT a FROM h"))
        .singleElement()
        .asString()
        .contains("GROUP BY 2");
    assertThat(warnings("SELECT date_bin('1 hour', ts) AS ts FROM b GROUP BY ts")).hasSize(1);
    assertThat(warnings("SELECT date_bin('1 hour', time) AS t FROM b GROUP BY t")).isEmpty();
    assertThat(warnings("SELECT date_bin('1 hour', time) AS time FROM b GROUP BY 1 ORDER BY time"))
        .isEmpty();
    assertThat(warnings("SELECT date_bin('1 hour', t) AS time FROM b GROUP BY time")).isEmpty();
  }

  @Test
  void onlyTheColumnsOfTheResultNeedNames() {
    String text =
        "SELECT a.b, avg(c) d, max(e), count(*) AS n, f + 1, i 'j', DATE '2026-01-01', CASE WHEN k"
            + " THEN 1 END, CASE WHEN k THEN 1 END l, * FROM (SELECT min(g) FROM h)";

    assertThat(read(text).findings())
        .extracting(warning -> text.substring(warning.offset()).substring(0, warning.length()))
        .containsExactly("max(e)", "f + 1", "DATE '2026-01-01'", "CASE WHEN k THEN 1 END");
  }

  private static List<String> warnings(String text) {
    QueryText query = read(text);
    assertThat(query.isSound()).isTrue();
    return query.findings().stream().map(Finding::message).toList();
  }

  private static QueryText read(String text) {
    return QueryText.read(Language.SQL, text);
  }
}
