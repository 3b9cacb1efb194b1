package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Query;
import dev.tributary.job.Query.Bound;
import dev.tributary.job.Query.Language;
import dev.tributary.job.Query.Placeholder;
import dev.tributary.job.Source.Parameters;
import dev.tributary.job.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketJsonTest {

  private static final String BOTH = "SELECT x FROM h WHERE time >= $start AND time < $end";
  private static final Query BOUND =
      new Query(
          Language.SQL,
          BOTH,
          List.of(
              new Placeholder(Bound.START, BOTH.indexOf("$start"), 6),
              new Placeholder(Bound.END, BOTH.indexOf("$end"), 4)));

  @Test
  void bothBoundsTravelAsTimesInWords() {
    assertThat(ticket(BOUND, Parameters.BIND))
        .isEqualTo(
            """
            {"database":"home","sql_query":"%s","query_type":"sql",\
            "params":{"start":"2022-01-01T00:00:00Z","end":"2022-01-02T00:00:00Z"}}"""
                .formatted(BOTH));
  }

  @Test
  void onlyABoundThatOccursIsSent() {
    String text = "SELECT MEAN(x) FROM h WHERE time >= $start";
    Query query =
        new Query(
            Language.INFLUXQL,
            text,
            List.of(new Placeholder(Bound.START, text.indexOf('$'), "$start".length())));
    assertThat(ticket(query, Parameters.BIND))
        .contains("\"query_type\":\"influxql\"")
        .contains("\"params\":{\"start\":\"2022-01-01T00:00:00Z\"}");
  }

  @Test
  void aQueryWithoutBoundsHasNoParameters() {
    assertThat(ticket(Sources.SELECT, Parameters.BIND)).doesNotContain("params");
  }

  @Test
  void aServerWithoutParametersGetsLiterals() {
    assertThat(ticket(BOUND, Parameters.LITERAL))
        .contains("time >= '2022-01-01T00:00:00Z' AND time < '2022-01-02T00:00:00Z'")
        .doesNotContain("params");
  }

  @Test
  void aSnapshotBindsItsInstantToBothBounds() {
    Window instant = Window.at(Instant.parse("2022-01-01T12:00:00.000000001Z"));
    String ticket =
        new String(TicketJson.of("home", BOUND, instant, Parameters.BIND), StandardCharsets.UTF_8);
    assertThat(ticket)
        .contains("\"start\":\"2022-01-01T12:00:00.000000001Z\"")
        .contains("\"end\":\"2022-01-01T12:00:00.000000001Z\"");
  }

  @Test
  void quotesAndLineBreaksSurvive() {
    Query query = new Query(Language.SQL, "SELECT \"a\\b\"\nFROM \"häuser\"", List.of());
    assertThat(ticket(query, Parameters.BIND))
        .contains("SELECT \\\"a\\\\b\\\"\\nFROM \\\"häuser\\\"");
  }

  private static String ticket(Query query, Parameters parameters) {
    return new String(
        TicketJson.of("home", query, Sources.DAY, parameters), StandardCharsets.UTF_8);
  }
}
