package dev.tributary.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Main;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.telemetry.Receiver;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Definition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets planted where an operator keeps them come to light nowhere: not in a log at TRACE, on no
 * page, in no metric, file, error or thread dump, whether the daemon succeeds or fails.
 */
@Timeout(120)
class CanaryTest {

  private static final String TOKEN = "apiv3_c4nary/t0ken+with=signs%";
  private static final String HOOK = "B0c4naryH00k";

  private Receiver receiver;
  private Sandbox sandbox;
  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    lake = folder.resolve("lake");
    receiver = Receiver.start();
    sandbox = Sandbox.start(SandboxSettings.standard().withToken(TOKEN));
    sandbox.loadHome("home");
    Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Files.writeString(folder.resolve("hook"), receiver.url("/services/" + HOOK) + "\n");
  }

  @AfterEach
  void stop() {
    sandbox.close();
    receiver.close();
  }

  @Test
  void aDaemonThatSucceedsAndFailsTellsNoSecret() throws Exception {
    isSilent(true);
  }

  @Test
  void aDaemonWhoseTokenIsRefusedTellsNoSecret() throws Exception {
    sandbox.change(SandboxSettings.standard().withToken("another"));
    isSilent(false);
  }

  private void isSilent(boolean settles) throws Exception {
    Files.writeString(folder.resolve("tributary.yaml"), yaml());
    List<String> shown = new ArrayList<>();
    try (ChildJvm daemon =
        ChildJvm.start(Main.class, List.of("daemon", "--config", folder.toString()))) {
      String notice = receiver.next();
      assertThat(notice).contains("\"occasion\":\"failure\"");
      shown.add(notice);
      if (settles) {
        daemon.awaitWords("window done");
      }
      for (String path :
          List.of(
              "/metrics",
              "/healthz",
              "/readyz",
              "/api/status",
              "/api/jobs",
              "/api/jobs/climate",
              "/api/jobs/broken",
              "/api/windows",
              "/api/failures",
              "/openapi.json",
              "/nosuch")) {
        shown.add(get(DaemonGround.port(daemon), path));
      }
      assertThat(shown.get(9)).contains("cannot");
      shown.add(daemon.threadDump());
      assertThat(shown.get(shown.size() - 1).contains("tributary-notify")).isTrue();
      daemon.terminate();
      daemon.await();
      String log = daemon.printed();
      for (String word : List.of(" TRACE ", " DEBUG ", settles ? "window failed" : "job refused")) {
        assertThat(log.contains(word)).as(word).isTrue();
      }
      shown.add(log);
    }
    for (String command : List.of("run", "validate", "plan", "coverage", "preview")) {
      List<String> words = new ArrayList<>(List.of(command));
      if (command.equals("preview")) {
        words.add("climate");
      }
      words.addAll(List.of("--config", folder.toString(), "--json"));
      shown.add(Typed.in(folder, words.toArray(String[]::new)).all());
    }
    for (Path file : written()) {
      shown.add(file + "\n" + Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
    assertThat(written().size() > 2).isEqualTo(settles);
    for (String text : shown) {
      for (String form : forms()) {
        assertThat(text.contains(form)).as("'%s' in %.300s", form, text).isFalse();
      }
    }
  }

  /** The secrets and what begins to give them away. */
  private static List<String> forms() {
    List<String> forms = new ArrayList<>(List.of(TOKEN, "c4nary", "t0ken+", HOOK, "t0ken%2B"));
    for (String before : List.of("", "a", "ab")) {
      String encoded = Base64.getEncoder().encodeToString((before + TOKEN).getBytes(UTF_8));
      forms.add(encoded.substring(4, encoded.length() - 4));
    }
    return forms;
  }

  private String yaml() {
    String climate =
        Definition.hourly(sandbox.url(), lake)
            .replace("plant: {", "plant: {token: '${file:" + folder.resolve("token") + "}', ")
            .replace("every: 1h, start: 2022-01-01", "every: 1mo, start: 2022-01-01")
            .replace("catchup: 3d", "catchup: all");
    int job = climate.indexOf("  climate:");
    return climate
        + climate.substring(job).replace("climate:", "broken:").replace("avg(temp)", "avg(nosuch)")
        + "notify: {webhook: '${file:"
        + folder.resolve("hook")
        + "}'}\n"
        + "daemon: {http: {port: 0}, log: {level: trace}}\n";
  }

  private static String get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private List<Path> written() throws IOException {
    if (Files.notExists(lake)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(lake)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
