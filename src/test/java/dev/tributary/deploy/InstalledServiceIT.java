package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Definition;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service of the package that the build made, started as systemd would start it. */
class InstalledServiceIT {

  private static final Pattern PORT = Pattern.compile("http began .*port=(\\d+)");

  private final Path folder;

  InstalledServiceIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theUnitsCommandRunsADaemonThatAnswersWorksAndEndsWithZeroWhenTold() throws Exception {
    Tool.require("dpkg-deb");
    PackageTree tree = PackageTree.unpack(folder.resolve("root"));
    UnitFile unit = UnitFile.read(tree.at("/usr/lib/systemd/system/tributary.service"));
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard())) {
      sandbox.loadHome("home");
      Files.writeString(tree.at("/etc/tributary/tributary.yaml"), definitions(sandbox));
      try (ChildJvm daemon = tree.start(unit.arguments(), unit.environment())) {
        assertThat(answer(daemon, "/healthz")).isEqualTo(200);
        // the one window that it makes up for: nothing is left to do
        daemon.awaitWords("generation=1");
        daemon.terminate();
        assertThat(daemon.await()).as(daemon.printed()).isZero();
      }
    }
    assertThat(folder.resolve("lake/climate")).isNotEmptyDirectory();
  }

  private String definitions(Sandbox sandbox) {
    return """
        daemon: {http: {port: 0}}
        sources:
          plant: {url: 'grpc://127.0.0.1:%d'}
        destinations:
          lake: {url: '%s'}
        jobs:
          climate:
            source: plant
            bucket: home
            sql: |
              SELECT DATE_BIN(INTERVAL '1 hour', time) AS time, room, avg(temp) AS temp
              FROM home WHERE time >= $start AND time < $end GROUP BY 1, room
            window: {every: 1y, start: 2022-01-01}
            catchup: none
            destination: {to: lake}
        """
        .formatted(sandbox.port(), Definition.url(folder.resolve("lake")));
  }

  private static int answer(ChildJvm daemon, String path) throws Exception {
    daemon.awaitWords("http began");
    Matcher port = PORT.matcher(daemon.printed());
    assertThat(port.find()).as(daemon.printed()).isTrue();
    URI uri = URI.create("http://127.0.0.1:" + port.group(1) + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
