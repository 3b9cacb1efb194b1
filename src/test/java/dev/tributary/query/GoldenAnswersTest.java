package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real server answered, read through our client. */
class GoldenAnswersTest {

  private static final Map<String, Kind> KINDS = new HashMap<>();

  static {
    KINDS.put("influxql-file-limit", Kind.TOO_LARGE);
    KINDS.put("sql-file-limit", Kind.TOO_LARGE);
    KINDS.put("sql-memory-exhausted", Kind.TOO_LARGE);
    KINDS.put("sql-missing-database", Kind.NOT_FOUND);
    KINDS.put("sql-missing-table", Kind.NOT_FOUND);
  }

  static Stream<Golden> answered() {
    return Golden.all().stream().filter(golden -> golden.status().isOk());
  }

  static Stream<Golden> refused() {
    return Golden.all().stream().filter(golden -> !golden.status().isOk());
  }

  @Test
  void allRecordedAnswersAreHere() {
    assertThat(answered().count()).isEqualTo(49);
    assertThat(refused().count()).isEqualTo(26);
  }

  @ParameterizedTest
  @MethodSource("answered")
  void anAnswerIsReadAsItWasRecorded(Golden golden) throws Exception {
    try (BufferAllocator memory = new RootAllocator();
        ReplayServer server = replay(golden);
        FlightSource source = source(server, memory)) {
      List<List<Object>> rows = new ArrayList<>();
      List<Integer> batches = new ArrayList<>();
      List<Field> columns;
      try (BatchStream stream = source.open(asking(golden, true))) {
        columns = stream.schema().getFields();
        while (stream.next()) {
          batches.add(stream.batch().getRowCount());
          GoldenRows.addRows(stream.batch(), rows);
        }
        assertThat(stream.schema().getCustomMetadata())
            .isEqualTo(GoldenRows.texts(golden.json().path("schema_metadata")));
      }
      if (!golden.name().equals("influxql-missing-measurement") && !isNoData(golden)) {
        assertColumns(columns, golden.json().path("schema"));
      }
      assertThat(batches).isEqualTo(GoldenRows.rowCountsWithoutKeepAlives(golden));
      assertThat(rows).isEqualTo(GoldenRows.rowsOf(golden));
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aRefusalHasItsKindAndTheServersWordsOnOneLine(Golden golden) throws Exception {
    try (BufferAllocator memory = new RootAllocator();
        ReplayServer server = replay(golden);
        FlightSource source = source(server, memory)) {
      Failure failure =
          catchThrowableOfType(Failure.class, () -> Sources.drain(source, asking(golden, false)));
      Kind expected =
          golden.name().startsWith("auth-")
              ? Kind.NOT_AUTHORISED
              : KINDS.getOrDefault(golden.name(), Kind.REFUSED);
      assertThat(failure.kind()).as(failure.sentence()).isEqualTo(expected);
      String said = golden.json().path("message").asText();
      assertThat(failure.sentence())
          .startsWith("cannot query bucket '" + golden.database() + "' at source 'plant': ")
          .contains(said.substring(0, Math.min(60, said.length())))
          .contains("; ")
          .doesNotContain("\n", "Exception")
          .hasSizeLessThan(700);
    }
  }

  @Test
  void aMeasurementColumnIsDroppedAndTheRestStays() throws Exception {
    try (BufferAllocator memory = new RootAllocator();
        ReplayServer server = ReplayServer.replaying(Golden.read("influxql-missing-field"));
        FlightSource source = source(server, memory);
        BatchStream stream = source.open(asking(Golden.read("influxql-missing-field"), false))) {
      assertThat(names(stream.schema().getFields()))
          .containsExactly("time", "room", "mean", "mean_1");
      assertThat(stream.schema().findField("mean_1").getType()).isEqualTo(ArrowType.Null.INSTANCE);
      assertThat(stream.schema().getCustomMetadata())
          .containsEntry("iox::measurement::name", "home");
      assertThat(stream.next()).isTrue();
      assertThat(stream.batch().getSchema().getFields()).isEqualTo(stream.schema().getFields());
      assertThat(stream.batch().getRowCount()).isEqualTo(6);
      assertThat(stream.batch().getVector("mean").getObject(0)).isEqualTo(22.275);
      assertThat(stream.next()).isFalse();
    }
  }

  @Test
  void anUnknownMeasurementIsNoDataWhetherItsColumnIsKeptOrNot() throws Exception {
    Golden golden = Golden.read("influxql-missing-measurement");
    for (boolean keep : new boolean[] {true, false}) {
      try (BufferAllocator memory = new RootAllocator();
          ReplayServer server = ReplayServer.replaying(golden);
          FlightSource source = source(server, memory);
          BatchStream stream = source.open(asking(golden, keep))) {
        assertThat(stream.schema().getFields()).isEmpty();
        assertThat(stream.next()).isFalse();
      }
    }
  }

  @Test
  void aMissingTableIsAnEmptyResultWhereTheJobSaysSo() throws Exception {
    Golden golden = Golden.read("sql-missing-table");
    try (BufferAllocator memory = new RootAllocator();
        ReplayServer server = ReplayServer.replaying(golden);
        FlightSource source = source(server, memory)) {
      BatchSource.Request strict = asking(golden, false);
      BatchSource.Request lenient =
          new BatchSource.Request(
              strict.bucket(), strict.query(), strict.window(), strict.timeout(), true, false);
      try (BatchStream stream = source.open(lenient)) {
        assertThat(stream.schema().getFields()).isEmpty();
        assertThat(stream.next()).isFalse();
      }
    }
  }

  @Test
  void aMissingColumnIsNoMissingTable() throws Exception {
    Golden golden = Golden.read("sql-missing-column");
    try (BufferAllocator memory = new RootAllocator();
        ReplayServer server = ReplayServer.replaying(golden);
        FlightSource source = source(server, memory)) {
      BatchSource.Request lenient =
          new BatchSource.Request(
              "home",
              asking(golden, false).query(),
              Sources.DAY,
              Sources.PATIENT.window(),
              true,
              false);
      Failure failure = catchThrowableOfType(Failure.class, () -> source.open(lenient));
      assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    }
  }

  /** A malformed ticket cannot be sent by our client, so its answer is given to any. */
  private static ReplayServer replay(Golden golden) throws Exception {
    return golden.json().path("ticket").isObject()
            && !golden.json().path("ticket").path("query_type").asText().equals("flux")
        ? ReplayServer.replaying(golden)
        : ReplayServer.scripted((ticket, answer) -> answer.replay(golden));
  }

  private static FlightSource source(ReplayServer server, BufferAllocator memory) {
    return FlightSource.open(
        Sources.at(server.url()), Sources.NO_SECRETS, memory, FlightSource.STREAM_BYTES);
  }

  private static BatchSource.Request asking(Golden golden, boolean keepMeasurement) {
    Query.Language language = golden.influxql() ? Query.Language.INFLUXQL : Query.Language.SQL;
    return new BatchSource.Request(
        golden.database(),
        new Query(language, golden.query(), List.of()),
        Sources.DAY,
        Sources.PATIENT.window(),
        false,
        keepMeasurement);
  }

  private static boolean isNoData(Golden golden) {
    return golden.influxql() && golden.json().path("schema").size() == 1;
  }

  private static void assertColumns(List<Field> columns, JsonNode recorded) {
    assertThat(columns).hasSameSizeAs(recorded);
    for (int i = 0; i < columns.size(); i++) {
      Field column = columns.get(i);
      JsonNode fact = recorded.get(i);
      assertThat(column.getName()).isEqualTo(fact.path("name").asText());
      assertThat(GoldenRows.typeName(column)).isEqualTo(fact.path("type").asText());
      assertThat(column.isNullable()).isEqualTo(fact.path("nullable").asBoolean());
      assertThat(column.getMetadata()).isEqualTo(GoldenRows.texts(fact.path("metadata")));
    }
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::getName).toList();
  }
}
