package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Failure;
import java.time.Instant;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerClockTest {

  private static final Instant NOW = Instant.parse("2026-11-23T05:06:07Z");

  private final BufferAllocator memory = new RootAllocator();

  @AfterEach
  void nothingIsKept() {
    memory.close();
  }

  @Test
  void theServersClockIsReadInTheUnitItDeclares() throws Exception {
    for (TimeUnit unit : TimeUnit.values()) {
      for (String zone : List.of("", "+00:00")) {
        ReplayServer.Script script =
            (ticket, answer) -> {
              assertThat(ticket.path("database").asText()).isEqualTo("home");
              assertThat(ticket.path("sql_query").asText()).isEqualTo("SELECT now()");
              Field now =
                  Field.notNullable(
                      "now()", new ArrowType.Timestamp(unit, zone.isEmpty() ? null : zone));
              try (VectorSchemaRoot root = answer.columns(new Schema(List.of(now)))) {
                root.allocateNew();
                ((TimeStampVector) root.getVector(0))
                    .setSafe(0, NOW.getEpochSecond() * perSecond(unit));
                root.setRowCount(1);
                answer.batch();
              }
            };
        try (ReplayServer server = ReplayServer.scripted(script);
            FlightSource source = source(server)) {
          assertThat(source.now("home")).as("%s %s", unit, zone).isEqualTo(NOW);
        }
      }
    }
  }

  @Test
  void anAnswerWithoutATimeIsAFailure() throws Exception {
    try (ReplayServer server = ReplayServer.scripted(Rows.batches(1));
        FlightSource source = source(server)) {
      Failure failure = catchThrowableOfType(Failure.class, () -> source.now("home"));
      assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
      assertThat(failure.sentence()).contains("the answer to 'SELECT now()' holds none");
    }
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1L;
      case MILLISECOND -> 1_000L;
      case MICROSECOND -> 1_000_000L;
      case NANOSECOND -> 1_000_000_000L;
    };
  }

  private FlightSource source(ReplayServer server) {
    return FlightSource.open(
        Sources.at(server.url()), Sources.NO_SECRETS, memory, FlightSource.STREAM_BYTES);
  }
}
