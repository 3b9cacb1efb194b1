package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Query.Bound;
import dev.tributary.job.Query.Language;
import dev.tributary.job.Query.Placeholder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfluxqlQueryTextTest {

  @Test
  void boundsAreFoundOnlyWhereTheServerSeesThem() {
    String text =
        """
        SELECT a FROM b -- $start
        WHERE c = 'it\\'s $starter' AND d =~ /^x$start\\/$/ AND "e\\" $ends" = 1
          AND time >= $start AND time < $"end" /* $end /* */""";
    QueryText query = read(text);

    assertThat(query.findings()).isEmpty();
    assertThat(query.query().placeholders())
        .containsExactly(
            new Placeholder(Bound.START, text.indexOf("= $start") + 2, 6),
            new Placeholder(Bound.END, text.indexOf("$\"end\""), 6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT a FROM b WHERE time > '$start' | 29 | '$start' inside quotes is plain text; write it without quotes",
        "SELECT a FROM b WHERE time > $x | 29 | '$x' is not a bound; a query has $start and $end, nothing else",
        "SELECT a FROM b WHERE c = 'x\\' | 26 | string is never closed",
        "SELECT a FROM b WHERE c =~ /x\\/ | 27 | regular expression is never closed",
        "SELECT a FROM b /* /* */ WHERE c /* d | 33 | comment is never closed",
        "SELECT mean(a FROM b | 11 | '(' is never closed",
        "SELECT a FROM b; DROP MEASUREMENT b | 17 | query must be one statement, but another follows the ';'",
        "SHOW TAG KEYS | 0 | query must begin with SELECT, but begins with 'SHOW'",
        "WITH a AS (SELECT b FROM c) SELECT b FROM a | 0 | query must begin with SELECT, but begins with 'WITH'",
        "SELECT a INTO b FROM c | 9 | query must only read, but has 'INTO'",
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
        "SELECT a / 2, (b) / c, \"d\" / 4 FROM e WHERE f = 'x/y'",
        "SELECT /^a\\/'b/ FROM /c\"d/ GROUP BY /e(/",
        "SELECT mean(/x'y/) FROM a WHERE b !~ /;/ AND c =~ /--/",
        "SELECT a FROM b WHERE c = 'O\\'Neill' AND d = 'x\\\\'",
        "SELECT größe FROM \"Maße\" WHERE x = '😀'",
        "SELECT a::field, b::tag FROM c WHERE time > 1500000000000000000 - 10µ;",
      })
  void whatTheServerTakesIsTakenWithoutAFinding(String text) {
    assertThat(read(text).findings()).isEmpty();
  }

  @Test
  void theClockIsFoundByTokenAndNotInsideStrings() {
    assertThat(read("SELECT a FROM b WHERE c = 'now()' AND time > Now() - 1h").usesNow())
        .hasValue(45);
    assertThat(read("SELECT a FROM b WHERE c =~ /now()/ AND \"now\" = 1 -- now()").usesNow())
        .isEmpty();
  }

  @Test
  void binsWithoutFillNoneAreWarnedAboutInEveryScope() {
    assertThat(warnings("SELECT mean(a) FROM b GROUP BY time(1h), c"))
        .singleElement()
        .asString()
        .contains("add fill(none)");
    assertThat(warnings("SELECT mean(a) FROM b GROUP BY time(1h) FILL(NONE)")).isEmpty();
    assertThat(warnings("SELECT mean(a) FROM b GROUP BY time(1h) fill(0)")).isEmpty();
    assertThat(warnings("SELECT mean(a) FROM b GROUP BY time(1h) fill(previous)"))
        .singleElement()
        .asString()
        .contains("nothing outside the window");
    assertThat(
            warnings(
                "SELECT max(m) FROM (SELECT mean(a) AS m FROM b GROUP BY time(1m)) GROUP BY"
                    + " time(1h) fill(none)"))
        .hasSize(1);
    assertThat(warnings("SELECT mean(a) FROM b GROUP BY c")).isEmpty();
  }

  @Test
  void tokensFoldKeywordsAndFunctionsButNeverNames() {
    List<String> tokens =
        read("select mean(Temp) from Home where Room =~ /A/ group by time(1h)").tokens();

    assertThat(read("SELECT MEAN(Temp)  FROM Home--x\nWHERE Room=~/A/ GROUP BY TIME(1h);").tokens())
        .isEqualTo(tokens);
    assertThat(read("select mean(temp) from Home where Room =~ /A/ group by time(1h)").tokens())
        .isNotEqualTo(tokens);
    assertThat(read("select mean(Temp) from Home where Room =~ /a/ group by time(1h)").tokens())
        .isNotEqualTo(tokens);
  }

  private static List<String> warnings(String text) {
    QueryText query = read(text);
    assertThat(query.isSound()).isTrue();
    return query.findings().stream().map(Finding::message).toList();
  }

  private static QueryText read(String text) {
    return QueryText.read(Language.INFLUXQL, text);
  }
}
