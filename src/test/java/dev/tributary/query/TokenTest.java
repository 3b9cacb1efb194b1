package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.SecretReader;
import dev.tributary.job.Source;
import io.grpc.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenTest {

  private static final String PLANTED = "apiv3_planted-TOKEN-0123456789";

  private final BufferAllocator memory = new RootAllocator();

  @AfterEach
  void nothingIsKept() {
    memory.close();
  }

  @Test
  void theTokenIsReadAnewForEveryQuery() throws Exception {
    Deque<String> tokens = new ArrayDeque<>(List.of("old", "new"));
    SecretReader secrets =
        secret -> {
          assertThat(secret).isEqualTo(Sources.TOKEN);
          return tokens.remove();
        };
    try (ReplayServer server = ReplayServer.scripted(Rows.batches(1));
        FlightSource source = source(server, secrets)) {
      Sources.drain(source, Sources.request(Sources.SELECT));
      Sources.drain(source, Sources.request(Sources.SELECT));
      assertThat(server.authorizations()).containsExactly("Bearer old", "Bearer new");
    }
  }

  @Test
  void aSourceWithoutATokenSendsNone() throws Exception {
    try (ReplayServer server = ReplayServer.scripted(Rows.batches(1));
        FlightSource source =
            FlightSource.open(
                Sources.at(server.url()), Sources.NO_SECRETS, memory, FlightSource.STREAM_BYTES)) {
      Sources.drain(source, Sources.request(Sources.SELECT));
      assertThat(server.authorizations()).containsExactly("");
    }
  }

  @Test
  void aMissingTokenIsToldFromAWrongOne() throws Exception {
    try (ReplayServer server =
            ReplayServer.scripted(Rows.batches(1), ReplayServer.Door.wanting("right"));
        FlightSource none =
            FlightSource.open(
                Sources.at(server.url()), Sources.NO_SECRETS, memory, FlightSource.STREAM_BYTES);
        FlightSource wrong = source(server, secret -> PLANTED);
        FlightSource right = source(server, secret -> "right")) {
      assertThat(failure(none).sentence())
          .contains("the server wants a token and none was sent: Unauthenticated; set 'token'");
      assertThat(failure(wrong).sentence())
          .contains("the server does not accept the token: Unauthenticated; check");
      assertThat(failure(wrong).kind()).isEqualTo(Kind.NOT_AUTHORISED);
      assertThat(Sources.drain(right, Sources.request(Sources.SELECT))).containsExactly(100);
    }
  }

  @Test
  void aTokenThatCannotBeReadIsTheReadersFailure() throws Exception {
    Failure absent =
        new Failure(Kind.NOT_AUTHORISED, "cannot read ${env:INFLUX_TOKEN}: unset; set it");
    SecretReader secrets =
        secret -> {
          throw absent;
        };
    try (ReplayServer server = ReplayServer.scripted(Rows.batches(1));
        FlightSource source = source(server, secrets)) {
      assertThatThrownBy(() -> source.open(Sources.request(Sources.SELECT))).isSameAs(absent);
      assertThat(server.tickets()).isEmpty();
    }
  }

  @Test
  void noFailureRepeatsTheTokenWhateverTheServerSays() throws Exception {
    for (Status.Code code : Status.Code.values()) {
      if (code == Status.Code.OK) {
        continue;
      }
      Status parrot = Status.fromCode(code).withDescription("you sent Bearer " + PLANTED + "\n!");
      try (ReplayServer server = ReplayServer.scripted((ticket, answer) -> answer.fail(parrot));
          FlightSource source = source(server, secret -> PLANTED)) {
        StringWriter trace = new StringWriter();
        failure(source).printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(PLANTED);
        // our own words stand for a timeout, whatever the server calls it
        assertThat(trace.toString().contains("you sent Bearer ***"))
            .as("%s", trace)
            .isEqualTo(code != Status.Code.DEADLINE_EXCEEDED);
      }
    }
  }

  private FlightSource source(ReplayServer server, SecretReader secrets) {
    Source source = Sources.withToken(Sources.at(server.url()));
    return FlightSource.open(source, secrets, memory, FlightSource.STREAM_BYTES);
  }

  private static Failure failure(FlightSource source) {
    return catchThrowableOfType(
        Failure.class, () -> Sources.drain(source, Sources.request(Sources.SELECT)));
  }
}
