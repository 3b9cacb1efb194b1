package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.query.Golden;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries as InfluxDB's documentation has them, run as jobs, give what a real server gave. */
class DocumentedQueriesTest {

  private static final String DOCUMENTED_SQL =
      "SELECT DATE_BIN(INTERVAL '2 hours', time, '1970-01-01T00:00:00Z') AS time, room,"
          + " selector_max(temp, time)['value'] AS 'max temp',"
          + " selector_min(temp, time)['value'] AS 'min temp', avg(temp) AS 'average temp'"
          + " FROM home GROUP BY 1, room ORDER BY room, 1";

  private static final String DOCUMENTED_INFLUXQL =
      "SELECT FIRST(temp) FROM home WHERE room = 'kitchen' AND time >= now() - 100d"
          + " AND time <= now() - 10d GROUP BY time(2h)";

  private static Sandbox sandbox;

  private Path folder;
  private Path lake;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void anEmptyLake(@TempDir Path empty) {
    folder = empty;
    lake = folder.resolve("lake");
  }

  @Test
  void theDocumentedSqlGivesTheRecordedRows() throws Exception {
    run("sql", DOCUMENTED_SQL, "");
    holds("seed-sql");
  }

  @Test
  void theDocumentedSqlGivesTheRecordedRowsAsArrowToo() throws Exception {
    run("sql", DOCUMENTED_SQL, "format: arrow\n    timestamps: ns");
    assertThat(Listing.data(lake)).hasSize(1);
    Path file = Listing.data(lake).get(0);
    assertThat(file.toString()).endsWith(".arrow");
    assertThat(ArrowFile.rows(file)).isEqualTo(rows(Golden.read("seed-sql").json(), -1));
  }

  @Test
  void theDocumentedInfluxqlFindsNothingAndIsSettledAllTheSame() throws Exception {
    run("influxql", DOCUMENTED_INFLUXQL, "");

    assertThat(Listing.manifests(lake)).hasSize(1);
    JsonNode manifest = new ObjectMapper().readTree(Listing.manifests(lake).get(0).toFile());
    assertThat(manifest.get("status").asText()).isEqualTo("empty");
    assertThat(manifest.get("files")).hasSize(1);
    assertThat(Listing.data(lake)).hasSize(1);
    Path file = Listing.data(lake).get(0);
    assertThat(DuckDb.columns(file)).containsExactly("time", "first");
    assertThat(DuckDb.file(file)).isEmpty();

    Typed again = Typed.in(folder, "run", "--config", "tributary.yaml");
    assertThat(again.code()).as(again.all()).isZero();
    assertThat(again.err()).contains("nothing due");
  }

  @Test
  void theFirstTemperaturesOfTheKitchenAreTheRecordedOnes() throws Exception {
    run("influxql", Golden.read("influxql-first-kitchen").query(), "");
    holds("influxql-first-kitchen");
  }

  @Test
  void aWindowBoundAsParametersGivesTheRecordedRows() throws Exception {
    run(
        "influxql",
        Golden.read("influxql-params-bounds").query(),
        "window: {every: 4h, start: 2022-01-01}",
        "documented",
        "--window",
        "2022-01-01T08:00:00Z");
    holds("influxql-params-bounds");
  }

  @Test
  void aDayOfBerlinGivesTheRecordedRows() throws Exception {
    run("influxql", Golden.read("influxql-tz").query(), "");
    holds("influxql-tz");
  }

  @Test
  void aDayOfBerlinAsAWindowGivesTheRecordedRows() throws Exception {
    run(
        "influxql",
        Golden.read("influxql-tz")
            .query()
            .replace("'2021-12-31T23:00:00Z'", "$start")
            .replace("'2022-01-01T23:00:00Z'", "$end"),
        "zone: Europe/Berlin\n    window: {every: 1d, start: 2022-01-01}",
        "documented",
        "--window",
        "2022-01-01");
    holds("influxql-tz");
  }

  private void run(String language, String query, String keys, String... words) throws Exception {
    String yaml =
        """
        sources:
          plant: {url: '%s'}
        destinations:
          lake: {url: '%s'}
        jobs:
          documented:
            source: plant
            bucket: home
            %s: |
              %s
            destination: {to: lake}
            %s
        """
            .formatted(sandbox.url(), Definition.url(lake), language, query, keys);
    Definition.read(folder, yaml);
    List<String> typed = new ArrayList<>(List.of("run", "--config", "tributary.yaml"));
    typed.addAll(List.of(words));
    Typed run = Typed.in(folder, typed.toArray(String[]::new));
    assertThat(run.code()).as(run.all()).isZero();
  }

  /** The only file of the lake has the recorded columns and rows, but for the measurement. */
  private void holds(String recording) throws Exception {
    JsonNode recorded = Golden.read(recording).json();
    List<String> names = new ArrayList<>();
    recorded.get("schema").forEach(field -> names.add(field.get("name").asText()));
    int measurement = names.indexOf("iox::measurement");
    if (measurement >= 0) {
      names.remove(measurement);
    }
    List<List<@Nullable Object>> rows = rows(recorded, measurement);
    assertThat(Listing.data(lake)).hasSize(1);
    Path file = Listing.data(lake).get(0);
    assertThat(DuckDb.columns(file)).isEqualTo(names);
    assertThat(DuckDb.file(file)).isEqualTo(rows).isNotEmpty();
  }

  /** The recorded rows without one column, if it is there. */
  private static List<List<@Nullable Object>> rows(JsonNode recorded, int without) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (JsonNode row : recorded.get("rows")) {
      List<@Nullable Object> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(value(cell)));
      if (without >= 0) {
        cells.remove(without);
      }
      rows.add(cells);
    }
    return rows;
  }

  private static @Nullable Object value(JsonNode cell) {
    if (cell.isNull()) {
      return null;
    }
    if (cell.isIntegralNumber()) {
      return cell.longValue();
    }
    return cell.isNumber() ? (Object) cell.doubleValue() : cell.asText();
  }
}
