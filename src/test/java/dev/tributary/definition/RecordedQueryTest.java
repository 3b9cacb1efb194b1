package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Bin;
import dev.tributary.job.Query.Bound;
import dev.tributary.job.Query.Language;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedQueryTest {

  @ParameterizedTest
  @MethodSource("answered")
  void whatAServerAnsweredIsReadWithoutErrors(RecordedQuery query) {
    // these two were sent with parameters of other names, which jobs do not have
    boolean otherParameters = query.name().equals("sql-params-tag");

    assertThat(query.read().isSound())
        .as("%s", query.read().findings())
        .isEqualTo(!otherParameters);
  }

  static Stream<RecordedQuery> answered() {
    return RecordedQuery.all().stream().filter(query -> query.status().equals("OK"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingButSpaceIsLeftBetweenTheTokens(RecordedQuery query) {
    int end = 0;
    for (Token token : Lexer.read(query.language(), query.text()).tokens()) {
      assertThat(query.text().substring(end, token.offset())).isBlank();
      assertThat(query.text().substring(token.offset(), token.end())).isEqualTo(token.text());
      end = token.end();
    }
    assertThat(query.text().substring(end)).isBlank();
  }

  static Stream<RecordedQuery> all() {
    return RecordedQuery.all().stream();
  }

  @Test
  void theFileOfQueriesIsWhole() {
    assertThat(RecordedQuery.all()).hasSizeGreaterThanOrEqualTo(64);
    assertThat(answered()).hasSizeGreaterThanOrEqualTo(47);
  }

  @Test
  void theSqlOfTheDocumentationPageIsReadWithItsBinAndWithoutAFinding() {
    QueryText query = RecordedQuery.named("seed-sql").read();

    assertThat(query.findings()).isEmpty();
    assertThat(bins(query)).containsExactly(Bin.of(Duration.ofHours(2)));
    assertThat(query.usesNow()).isEmpty();
    assertThat(query.query().placeholders()).isEmpty();
  }

  @Test
  void theInfluxqlOfTheDocumentationPageIsReadWithItsBinAndItsClock() {
    RecordedQuery recorded = RecordedQuery.named("seed-influxql");
    QueryText query = recorded.read();

    assertThat(query.isSound()).isTrue();
    assertThat(bins(query)).containsExactly(Bin.of(Duration.ofHours(2)));
    assertThat(query.usesNow()).hasValue(recorded.text().indexOf("now()"));
    assertThat(query.splitObstacle(false))
        .hasValueSatisfying(why -> assertThat(why).contains("fill"));
  }

  @Test
  void whatTheServerRefusedForItsShapeIsRefusedHereAtTheSamePlace() {
    assertThat(onlyError("influxql-into")).containsExactly("INTO", "only read");
    assertThat(onlyError("influxql-two-statements")).containsExactly("SELECT", "one statement");
    assertThat(onlyError("influxql-syntax-error")).containsExactly("(", "never closed");
    assertThat(onlyError("sql-ddl")).containsExactly("CREATE", "begin with SELECT or WITH");
    assertThat(onlyError("sql-syntax-error")).containsExactly("SELEC", "begin with SELECT or WITH");
  }

  private static List<String> onlyError(String name) {
    RecordedQuery query = RecordedQuery.named(name);
    List<Finding> errors = query.read().findings().stream().filter(Finding::isError).toList();
    assertThat(errors).hasSize(1);
    Finding error = errors.get(0);
    String place = query.text().substring(error.offset(), error.offset() + error.length());
    return Stream.of("only read", "one statement", "never closed", "begin with SELECT or WITH")
        .filter(error.message()::contains)
        .map(words -> List.of(place, words))
        .findFirst()
        .orElseThrow(() -> new AssertionError(error));
  }

  @Test
  void everyWayToWriteABinIsReadFromARecordedQuery() {
    Optional<ZoneId> berlin = Optional.of(ZoneId.of("Europe/Berlin"));
    Instant midnight = Instant.parse("1969-12-31T23:00:00Z");

    assertThat(bins("sql-gapfill")).containsExactly(Bin.of(Duration.ofMinutes(30)));
    assertThat(bins("sql-date-bin-wallclock"))
        .containsExactly(new Bin(Duration.ofDays(1), 0, midnight, berlin));
    assertThat(bins("influxql-tz"))
        .containsExactly(new Bin(Duration.ofDays(1), 0, midnight, berlin));
    assertThat(bins("influxql-offset"))
        .containsExactly(
            new Bin(Duration.ofHours(4), 0, Instant.EPOCH.plusSeconds(3600), Optional.empty()));
    assertThat(bins("sql-types-aggregates")).isEmpty();
    assertThat(bins("influxql-raw")).isEmpty();
  }

  @Test
  void placeholdersOfBothLanguagesAreFound() {
    for (String name : List.of("sql-params-bounds", "influxql-params-bounds")) {
      RecordedQuery query = RecordedQuery.named(name);
      assertThat(query.read().query().placeholders())
          .extracting(
              found -> found.bound(),
              found -> query.text().substring(found.offset()).substring(0, found.length()))
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(Bound.START, "$start"),
              org.assertj.core.groups.Tuple.tuple(Bound.END, "$end"));
    }
  }

  @Test
  void whatIsMadeDifferentlyFromHowItLooksIsWarnedAbout() {
    assertThat(warnings("sql-alias-trap"))
        .containsExactly(
            "GROUP BY time groups by the column, not by the bin of that name; write GROUP BY 1");
    assertThat(warnings("sql-unaliased")).hasSize(3);
    assertThat(warnings("influxql-mean-fill-null"))
        .singleElement()
        .asString()
        .contains("fill(none)");
    assertThat(warnings("influxql-mean-fill-none")).isEmpty();
    assertThat(warnings("sql-bin-metadata")).isEmpty();
    assertThat(warnings("sql-selector-all")).isEmpty();
  }

  private static List<String> warnings(String name) {
    QueryText query = RecordedQuery.named(name).read();
    assertThat(query.isSound()).isTrue();
    return query.findings().stream().map(Finding::message).toList();
  }

  private static List<Bin> bins(String name) {
    return bins(RecordedQuery.named(name).read());
  }

  private static List<Bin> bins(QueryText query) {
    return query.bins().stream().map(reading -> reading.bin().orElseThrow()).toList();
  }

  @Test
  void theDocumentedQueriesHaveTheSameTokensHoweverTheyAreLaidOut() {
    String sql =
        "select date_bin(interval '2 hours',time,'1970-01-01T00:00:00Z') as time,room,"
            + " /* hottest */ selector_max(temp, time)['value'] as 'max temp',"
            + " selector_min(temp, time)['value'] as 'min temp', -- coldest\n"
            + "Avg(temp) AS 'average temp' FROM home GROUP BY 1, room ORDER BY room, 1;";

    assertThat(QueryText.read(Language.SQL, sql).tokens())
        .isEqualTo(RecordedQuery.named("seed-sql").read().tokens());
  }
}
