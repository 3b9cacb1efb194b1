package dev.tributary.land.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Secret;
import dev.tributary.job.SecretReader;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One server that gives tokens to whoever shows a signed key, and is the store as well. */
class GcsTokensTest {

  private static final ObjectKey KEY = new ObjectKey("cpu/file");
  private static final Secret SECRET = new Secret(Secret.Store.ENV, "GCS_KEY");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile int tokenStatus = 200;
  private volatile int storeStatus = 404;
  private HttpServer server;
  private URI endpoint;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
    endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aServiceAccountsKeyBuysOneTokenForManyRequests() throws Exception {
    String key = key();
    try (Destination lake = open(secret -> key)) {
      lake.look(KEY);
      lake.look(KEY);
    }
    assertThat(asked).containsExactly("Bearer token-1", "Bearer token-1");
  }

  @Test
  void aKeyThatWasReplacedIsUsedFromTheNextRequestOn() throws Exception {
    String[] key = {key()};
    try (Destination lake = open(secret -> key[0])) {
      lake.look(KEY);
      key[0] = key();
      lake.look(KEY);
    }
    assertThat(asked).containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void aPlainEndpointWithoutAKeyIsAskedInNobodysName() throws Exception {
    try (Destination lake =
        ObjectStores.open(
            GcsServer.at(endpoint, "bucket", "", Map.of()),
            secret -> {
              throw new AssertionError(secret);
            },
            InstantSource.system())) {
      lake.look(KEY);
    }
    assertThat(asked).containsExactly("");
  }

  @Test
  void aStoreThatWantsAKeyIsNotAskedTwiceWithoutOne() {
    storeStatus = 401;
    assertThatThrownBy(
            () -> {
              try (Destination lake =
                  ObjectStores.open(
                      GcsServer.at(endpoint, "bucket", "", Map.of()),
                      secret -> "",
                      InstantSource.system())) {
                lake.put(KEY, new byte[0], Condition.ABSENT);
              }
            })
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_AUTHORISED))
        .hasMessageContaining("no such object");
    assertThat(asked).containsExactly("");
  }

  @Test
  void aTextThatIsNoKeySaysSoAndIsNotShown() {
    refused(secret -> "{\"type\": \"planted-secret\"}")
        .hasMessageContaining("'credentials' is not a service account's key")
        .hasMessageNotContaining("planted-secret");
  }

  @Test
  void aSecretThatCannotBeReadIsTheFailure() {
    refused(
            secret -> {
              throw new Failure(Kind.NOT_AUTHORISED, "cannot read '${env:GCS_KEY}': it is not set");
            })
        .hasMessage("cannot read '${env:GCS_KEY}': it is not set");
  }

  @Test
  void aKeyThatIsNotAcceptedIsNotAuthorised() throws Exception {
    tokenStatus = 400;
    String key = key();
    refused(secret -> key).hasMessageContaining("the credentials were not accepted");
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(SecretReader secrets) {
    return assertThatThrownBy(
            () -> {
              try (Destination lake = open(secrets)) {
                lake.look(KEY);
              }
            })
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_AUTHORISED));
  }

  private Destination open(SecretReader secrets) throws Failure {
    return ObjectStores.open(
        GcsServer.at(endpoint, "bucket", "", Map.of("credentials", SECRET)),
        secrets,
        InstantSource.system());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      boolean token = exchange.getRequestURI().getPath().equals("/token");
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (!token) {
        asked.add(authorization == null ? "" : authorization);
      }
      String body =
          !token
              ? "{\"error\":{\"message\":\"No such object\"}}"
              : tokenStatus == 200
                  ? "{\"access_token\":\"token-"
                      + tokens.incrementAndGet()
                      + "\",\"expires_in\":3600}"
                  : "{\"error\":\"invalid_grant\"}";
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(token ? tokenStatus : storeStatus, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    return """
        {"type": "service_account", "project_id": "p", "private_key_id": "k",
         "private_key": "%s", "client_email": "t@p.iam.gserviceaccount.com", "client_id": "1",
         "token_uri": "%s/token"}
        """
        .formatted(pem, endpoint);
  }
}
