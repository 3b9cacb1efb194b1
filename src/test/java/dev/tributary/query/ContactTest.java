package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.Source;
import io.grpc.Status;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that cannot be spoken to, and what the operator is told. */
@Timeout(60)
class ContactTest {

  private static Certificates certificates;
  private static Path stranger;

  private final BufferAllocator memory = new RootAllocator();

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) throws Exception {
    certificates =
        Certificates.in(folder)
            .issue("server")
            .issue("client")
            .issueFor("elsewhere", "dns:elsewhere")
            .issue("expired", "-startdate", "-10d", "-validity", "2");
    stranger = certificates.stranger();
  }

  @AfterEach
  void nothingIsKept() {
    memory.close();
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertSays(
        Sources.at("grpc://127.0.0.1:" + port),
        Kind.UNREACHABLE,
        "cannot reach source 'plant' at '127.0.0.1:"
            + port
            + "': the connection was refused; check"
            + " that the server runs and 'url' is right");
  }

  @Test
  void aServerThatComesBackIsReachedAtTheNextQuery() throws Exception {
    int port;
    try (ReplayServer server = ReplayServer.scripted(Rows.batches(1))) {
      port = server.port();
    }
    try (FlightSource source = source(Sources.at("grpc://127.0.0.1:" + port))) {
      assertThat(failure(source).kind()).isEqualTo(Kind.UNREACHABLE);
      try (ReplayServer server = ReplayServer.scripted(Rows.batches(1));
          CuttingRelay relay = new CuttingRelay(port, server.port(), Long.MAX_VALUE)) {
        assertThat(Sources.drain(source, Sources.request(Sources.SELECT))).containsExactly(100);
        assertThat(relay.passed()).isPositive();
      }
    }
  }

  @Test
  void noSuchHost() throws Exception {
    assertSays(
        Sources.at("grpc://no-such-host.invalid:8181"),
        Kind.UNREACHABLE,
        "cannot reach source 'plant' at 'no-such-host.invalid:8181': there is no such host; check"
            + " 'url' and name resolution");
  }

  @Test
  void aServerThatDoesNotSpeakGrpc() throws Exception {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext("/", exchange -> exchange.sendResponseHeaders(404, -1));
    web.start();
    try {
      assertSays(
          Sources.at("grpc://127.0.0.1:" + web.getAddress().getPort()),
          Kind.UNREACHABLE,
          "what answers there does not speak gRPC");
    } finally {
      web.stop(0);
    }
  }

  @Test
  void aWebServerIsToldFromAGatewayThatIsDown() {
    Asked asked =
        new Asked(
            Sources.at("grpc://127.0.0.1:1"), "home", Duration.ofSeconds(1), Optional.empty());
    String web = "HTTP status code 404\ninvalid content-type: text/html\nheaders: Metadata(x=y)";
    assertThat(Contact.lost(Status.UNIMPLEMENTED.withDescription(web), asked))
        .hasValueSatisfying(
            failure ->
                assertThat(failure.sentence())
                    .contains("does not speak gRPC (HTTP status code 404); ")
                    .doesNotContain("Metadata"));
    Status down = Status.UNAVAILABLE.withDescription(web.replace("404", "503"));
    assertThat(Contact.lost(down, asked)).isEmpty();
    assertThat(FlightBatches.text(down)).isEqualTo("HTTP status code 503");
    assertThat(
            Contact.lost(
                Status.INTERNAL.withDescription("object store: HTTP status code 500"), asked))
        .isEmpty();
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsLeftAfterTheIdleTime() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Source mute =
          Sources.idle(
              Sources.at("grpc://127.0.0.1:" + socket.getLocalPort()), Duration.ofMillis(300));
      assertSays(mute, Kind.UNREACHABLE, "the server sent nothing for 300ms");
    }
  }

  @Test
  void tlsWithOurOwnAuthority() throws Exception {
    try (ReplayServer server = encrypted(certificates.server("server"));
        FlightSource source = source(trusting(server, certificates.cert("ca")))) {
      assertThat(Sources.drain(source, Sources.request(Sources.SELECT))).containsExactly(100);
    }
  }

  @Test
  void anAuthorityThatNobodyTrusts() throws Exception {
    try (ReplayServer server = encrypted(certificates.server("server"))) {
      for (Source source : new Source[] {Sources.at(server.url()), trusting(server, stranger)}) {
        assertSays(
            source,
            Kind.NOT_AUTHORISED,
            "the server's certificate was not issued by a trusted authority; name the file of its"
                + " authority under 'tls.ca' of the source");
      }
    }
  }

  @Test
  void anExpiredCertificate() throws Exception {
    try (ReplayServer server = encrypted(certificates.server("expired"))) {
      assertSays(
          trusting(server, certificates.cert("ca")),
          Kind.NOT_AUTHORISED,
          "the server's certificate has expired; renew it at the server");
    }
  }

  @Test
  void tlsToAServerThatDoesNotEncrypt() throws Exception {
    try (ReplayServer server = ReplayServer.scripted(Rows.batches(1))) {
      assertSays(
          Sources.at("grpc+tls://127.0.0.1:" + server.port()),
          Kind.CONFIGURATION,
          "the server does not encrypt this connection, and 'url' asks for TLS; use grpc:// in"
              + " 'url', or the server's port for TLS");
    }
  }

  @Test
  void noTlsToAServerThatEncrypts() throws Exception {
    try (ReplayServer server = encrypted(certificates.server("server"))) {
      assertSays(
          Sources.at("grpc://127.0.0.1:" + server.port()),
          Kind.UNREACHABLE,
          "the server closed the connection without an answer; if it wants TLS, use grpc+tls://");
    }
  }

  @Test
  void noTlsToAServerThatSaysSo() throws Exception {
    byte[] alert = {0x15, 3, 3, 0, 2, 2, 70, 0, 0};
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try (Socket client = socket.accept()) {
                  client.getOutputStream().write(alert);
                  client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // the client has gone
                }
              });
      server.start();
      assertSays(
          Sources.at("grpc://127.0.0.1:" + socket.getLocalPort()),
          Kind.CONFIGURATION,
          "the server wants TLS, and 'url' does not ask for it; use grpc+tls:// in 'url'");
      server.join();
    }
  }

  @Test
  void bothSidesShowCertificates() throws Exception {
    try (ReplayServer server = encrypted(certificates.strictServer("server"))) {
      Source.Tls ours =
          new Source.Tls(
              Optional.of(certificates.cert("ca")),
              Optional.of(certificates.cert("client")),
              Optional.of(certificates.key("client")));
      try (FlightSource source = source(Sources.with(Sources.at(server.url()), ours))) {
        assertThat(Sources.drain(source, Sources.request(Sources.SELECT))).containsExactly(100);
      }
      assertSays(
          trusting(server, certificates.cert("ca")),
          Kind.NOT_AUTHORISED,
          "the server wants a certificate of ours, and none is set; set 'tls.cert' and 'tls.key'");
    }
  }

  @Test
  void aCertificateThatTheServerDoesNotTrust() throws Exception {
    try (ReplayServer server = encrypted(certificates.strictServer("server"))) {
      Source.Tls wrong =
          new Source.Tls(
              Optional.of(certificates.cert("ca")),
              Optional.of(stranger),
              Optional.of(certificates.key("stranger")));
      assertSays(
          Sources.with(Sources.at(server.url()), wrong),
          Kind.NOT_AUTHORISED,
          "the server did not accept our certificate: ");
    }
  }

  @Test
  void aCertificateForAnotherName() throws Exception {
    try (ReplayServer server = encrypted(certificates.server("elsewhere"))) {
      assertSays(
          trusting(server, certificates.cert("ca")),
          Kind.NOT_AUTHORISED,
          "the server's certificate does not fit: ");
    }
  }

  @Test
  void aCertificateFileThatCannotBeUsedIsNamed(@TempDir Path folder) throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    Path missing = folder.resolve("missing.pem");
    Path cert = certificates.cert("client");
    Source at = Sources.at("grpc+tls://127.0.0.1:1");
    assertSays(
        Sources.with(at, tls(missing, null, null)),
        Kind.NOT_AUTHORISED,
        "'" + missing + "' does not exist; correct 'tls.ca' of the source");
    assertSays(
        Sources.with(at, tls(empty, null, null)),
        Kind.NOT_AUTHORISED,
        "'" + empty + "' holds no certificate in PEM form; correct 'tls.ca'");
    assertSays(
        Sources.with(at, tls(null, empty, certificates.key("client"))),
        Kind.NOT_AUTHORISED,
        "'" + empty + "' holds no certificate in PEM form; correct 'tls.cert'");
    assertSays(
        Sources.with(at, tls(null, cert, cert)),
        Kind.NOT_AUTHORISED,
        "'" + cert + "' holds no PKCS #8 private key in PEM form; correct 'tls.key'");
  }

  private static Source.Tls tls(@Nullable Path ca, @Nullable Path cert, @Nullable Path key) {
    return new Source.Tls(
        Optional.ofNullable(ca), Optional.ofNullable(cert), Optional.ofNullable(key));
  }

  private static Source trusting(ReplayServer server, Path ca) {
    return Sources.with(Sources.at(server.url()), tls(ca, null, null));
  }

  private static ReplayServer encrypted(SslContext tls) throws Exception {
    return ReplayServer.scripted(Rows.batches(1), ReplayServer.Door.encrypted(tls));
  }

  private FlightSource source(Source source) {
    return FlightSource.open(source, Sources.NO_SECRETS, memory, FlightSource.STREAM_BYTES);
  }

  private static Failure failure(FlightSource source) {
    return catchThrowableOfType(
        Failure.class, () -> Sources.drain(source, Sources.request(Sources.SELECT)));
  }

  private void assertSays(Source at, Kind kind, String words) {
    try (FlightSource source = source(at)) {
      Failure failure = failure(source);
      assertThat(failure.sentence())
          .contains(words)
          .startsWith("cannot ")
          .doesNotContain("Exception", "io.netty", "\n");
      assertThat(failure.kind()).as(failure.sentence()).isEqualTo(kind);
    }
  }
}
