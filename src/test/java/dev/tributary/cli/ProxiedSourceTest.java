package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.query.ConnectProxy;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources behind a proxy, which alone can reach them. */
class ProxiedSourceTest {

  private Path folder;

  @BeforeEach
  void begin(@TempDir Path empty) {
    folder = empty;
  }

  @Test
  void aSourceIsAskedThroughItsProxyByTheNameInItsUrl() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard());
        ConnectProxy proxy = new ConnectProxy(sandbox.port())) {
      sandbox.loadHome("home");
      // a name that only the proxy can do anything with
      write("{url: 'grpc://influx.plant.invalid:8181', proxy: '" + proxy.url() + "'}");
      Typed run = run(Map.of());
      assertThat(run.code()).as(run.all()).isZero();
      assertThat(proxy.asked()).isNotEmpty();
      assertThat(proxy.asked())
          .allMatch(line -> line.startsWith("CONNECT influx.plant.invalid:8181 "));
    }
  }

  @Test
  void anEncryptedSourceTakesTheProxyOfTheEnvironmentUnlessItIsExcepted() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard());
        ConnectProxy proxy = new ConnectProxy(sandbox.port())) {
      write("{url: 'grpc+tls://influx.plant.invalid:8181'}");
      // the sandbox speaks no TLS, so this ends at the handshake, beyond the proxy
      assertThat(run(Map.of("HTTPS_PROXY", proxy.url())).code()).isNotZero();
      assertThat(proxy.asked()).isNotEmpty();
      int asked = proxy.asked().size();
      Typed run = run(Map.of("HTTPS_PROXY", proxy.url(), "NO_PROXY", "example.org, .invalid"));
      assertThat(run.err()).contains("no such host");
      assertThat(proxy.asked()).hasSize(asked);
    }
  }

  @Test
  void aProxyThatIsNotThereIsUnreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    write("{url: 'grpc://influx.plant.invalid:8181', proxy: 'http://127.0.0.1:" + port + "'}");
    Typed run = run(Map.of());
    assertThat(run.code()).as(run.all()).isEqualTo(69);
  }

  private Typed run(Map<String, String> environment) {
    return Typed.in(
        folder,
        environment,
        "run",
        "climate",
        "--window",
        "2022-01-01T12:00:00Z",
        "--config",
        "jobs.yaml");
  }

  private void write(String source) throws Exception {
    String yaml = Definition.hourly("grpc://127.0.0.1:1", folder.resolve("lake"));
    Files.writeString(
        folder.resolve("jobs.yaml"), yaml.replace("{url: 'grpc://127.0.0.1:1'}", source));
  }
}
