package dev.tributary.sandbox.influxql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

  private static final String PLANNING = "Error while planning query: Error during planning: ";

  @Test
  void aWholeStatementIsReadInAnyCaseAndWithComments() throws Exception {
    Select select =
        parse(
            """
            select Mean("a b") as "the mean", max(temp) -- of the air
            From home, /^ho/ /* both */ where room='Kitchen'
            group By Time(1h30m, -15m), room, * FILL(-2.5) order by time desc
            limit 3 offset 1 tz('Europe/Berlin');""");

    assertThat(select.fields())
        .extracting(field -> field.expression().toString())
        .containsExactly("mean(\"a b\")", "max(temp)");
    assertThat(select.fields().get(0).alias()).contains("the mean");
    assertThat(select.from()).hasSize(2);
    assertThat(select.groupBy().time().orElseThrow().nanos()).isEqualTo(5_400_000_000_000L);
    assertThat(select.groupBy().time().orElseThrow().offset())
        .contains(new Expression.Span(-900_000_000_000L));
    assertThat(select.groupBy().tags()).containsExactly("room");
    assertThat(select.groupBy().patterns()).hasSize(1);
    assertThat(select.fill()).isEqualTo(new Fill.Value(-2.5));
    assertThat(select.descending()).isTrue();
    assertThat(select.limit()).isEqualTo(OptionalLong.of(3));
    assertThat(select.offset()).isEqualTo(1);
    assertThat(select.zone())
        .hasValueSatisfying(zone -> assertThat(zone.getId()).isEqualTo("Europe/Berlin"));
  }

  @Test
  void aSlashDividesBehindAValueAndBeginsAPatternElsewhere() throws Exception {
    Select select = parse("SELECT a / b / 2, /c\\/d/ FROM m WHERE e =~ /f/ AND g !~ /h i/");

    assertThat(select.fields().get(0).expression()).hasToString("a / b / 2");
    assertThat(select.fields().get(1).expression()).hasToString("/c/d/");
    assertThat(select.where().orElseThrow()).isInstanceOf(Condition.Both.class);
  }

  @Test
  void andBindsCloserThanOrAndParenthesesCloserStill() throws Exception {
    assertThat(where("a = 1 OR b = 2 AND c = 3")).isInstanceOf(Condition.Either.class);
    assertThat(where("(a = 1 OR b = 2) AND (c) = 3")).isInstanceOf(Condition.Both.class);
    assertThat(where("((a = (1 + 2)))")).isInstanceOf(Condition.Comparison.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a<=1, LESS_OR_EQUAL",
    "a >= 1, GREATER_OR_EQUAL",
    "a!=1, UNEQUAL",
    "a<>1, UNEQUAL",
    "a<-1, LESS",
    "a>1, GREATER",
    "a=1, EQUAL"
  })
  void everyComparisonIsRead(String text, Relation relation) throws Exception {
    assertThat(((Condition.Comparison) where(text)).relation()).isEqualTo(relation);
  }

  @Test
  void theLeastIntegerIsReadAndWhatLiesBelowIsNot() throws Exception {
    Condition.Comparison least = (Condition.Comparison) where("a = -9223372036854775808");
    assertThat(least.right()).isEqualTo(new Expression.Literal(Long.MIN_VALUE));
    assertThatThrownBy(() -> where("a = -9223372036854775809"))
        .hasMessageContaining("constant overflows signed integer");
    assertThatThrownBy(() -> where("a > 99999999999w")).hasMessageContaining("overflow");
  }

  @Test
  void textsAreUnescaped() throws Exception {
    Condition.Comparison comparison = (Condition.Comparison) where("\"a \\\"b\" = 'c\\'d\\ne'");

    assertThat(comparison.left()).isEqualTo(new Expression.Reference("a \"b"));
    assertThat(comparison.right()).isEqualTo(new Expression.Literal("c'd\ne"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT a FROM m WHERE a = |invalid conditional expression at pos 25",
        "SELECT a FROM m WHERE é = 'x'|invalid InfluxQL statement at pos 16. Parsing Error:"
            + " Nom(\"WHERE é = 'x'\", Tag)",
        "SELECT 'é' AS x, FROM m|invalid InfluxQL statement at pos 0. Parsing Error: Nom(\"SELECT"
            + " 'é' AS x, FROM m\", Tag)",
        "SELECT a FROM m GROUP BY time(x)|invalid TIME call, expected a duration for the interval"
            + " at pos 30",
        "SELECT a FROM m GROUP BY time(1h|invalid TIME call, expected ')' at pos 32",
        "SELECT a FROM m GROUP BY time($x)|invalid TIME call, expected a duration for the"
            + " interval at pos 30",
        "SELECT a FROM m ORDER BY b|invalid ORDER BY, expected TIME column at pos 25",
        "SELECT a FROM m ORDER BY 1|invalid ORDER BY, expected ASC, DESC or TIME at pos 24",
        "SELECT FROM m|invalid SELECT statement, expected field at pos 7",
        "SELECT a FROM m LIMIT x|invalid LIMIT clause, expected unsigned integer at pos 22",
        "SELECT a FROM m tz('Nowhere/At All')|unable to find timezone at pos 35",
        "SELECT a FROM m WHERE sum(a) > 1|invalid expression, the only valid function calls are"
            + " 'now' with no arguments, or scalar math functions at pos 22",
        "SELECT a FROM m fill(often)|invalid FILL option, expected NULL, NONE, PREVIOUS, LINEAR,"
            + " or a number at pos 21",
        "SELECT a FROM m; 7|invalid InfluxQL statement at pos 17. Parsing Error: Nom(\"7\", Tag)",
        "SELECT \"a FROM m|invalid SELECT statement, expected field at pos 7"
      })
  void aBrokenTextIsBlamedOnItsPlace(String query, String message) {
    assertThatThrownBy(() -> parse(query)).hasMessage(PLANNING + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SHOW MEASUREMENTS",
        "SELECT a FROM (SELECT b FROM m)",
        "SELECT a::integer FROM m",
        "SELECT a FROM db.rp.m",
        "SELECT a FROM m WHERE abs(b) > 1",
        "SELECT a FROM m WHERE b",
        "SELECT a FROM m GROUP BY time(5m * 2)",
        "SELECT a FROM m GROUP BY time(10)"
      })
  void whatTheSandboxDoesNotDoIsSaidSo(String query) {
    assertThatThrownBy(() -> parse(query))
        .isInstanceOf(InfluxqlRefusal.class)
        .hasMessageMatching("the sandbox does not support .+ in InfluxQL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  -- nothing\n", ";"})
  void noStatementIsRefusedLikeTwo(String query) {
    assertThatThrownBy(() -> parse(query)).hasMessageContaining("single InfluxQL statement");
  }

  @Test
  void parametersTakeTheirPlacesAndWholeOnesAreUnsigned() throws Exception {
    Map<String, Object> values =
        Map.of("room", "Kitchen", "the limit", 3, "low", -3, "share", 0.5, "on", true);
    Select select =
        Parser.parse(
            "SELECT a FROM m WHERE b = $room AND c < $\"the limit\" AND d > $low AND e = $share"
                + " AND f = $on",
            values);

    assertThat(String.valueOf(select.where())).contains("'Kitchen'", "=3", "=-3", "=0.5", "=true");
  }

  @Test
  void aParameterWithoutValueIsMissedOnlyBesideOthers() throws Exception {
    assertThat(String.valueOf(parse("SELECT a FROM m WHERE b = $c").where())).contains("$c");
    assertThatThrownBy(() -> Parser.parse("SELECT a FROM m WHERE b = $c", Map.of("d", 1)))
        .hasMessage(
            PLANNING
                + "Bind parameter '$c' was referenced in the InfluxQL statement but its value is"
                + " undefined.");
    Map<String, @Nullable Object> nothing = new HashMap<>(Collections.singletonMap("c", null));
    assertThatThrownBy(() -> Parser.parse("SELECT a FROM m WHERE b = $c", nothing))
        .hasMessage(PLANNING + "Parameter type 'NULL' is not supported by InfluxQL");
  }

  private static Select parse(String query) throws InfluxqlRefusal {
    return Parser.parse(query, Map.of());
  }

  private static Condition where(String condition) throws InfluxqlRefusal {
    return parse("SELECT a FROM m WHERE " + condition).where().orElseThrow();
  }
}
