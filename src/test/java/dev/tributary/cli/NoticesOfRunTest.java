package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.telemetry.Receiver;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a webhook hears of one-shot runs. */
class NoticesOfRunTest {

  private static final String NOON = "2022-01-01T12:00:00Z";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Receiver receiver;
  private Sandbox sandbox;
  private Path folder;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    receiver = Receiver.start();
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
  }

  @AfterEach
  void stop() {
    sandbox.close();
    receiver.close();
  }

  private void write(String query, String more) throws Exception {
    Files.writeString(
        folder.resolve("tributary.yaml"),
        Definition.hourly(sandbox.url(), folder.resolve("lake")).replace("avg(temp)", query)
            + more);
  }

  private Typed run(String... words) {
    String[] line = new String[words.length + 3];
    line[0] = "run";
    line[1] = "--config";
    line[2] = folder.resolve("tributary.yaml").toString();
    System.arraycopy(words, 0, line, 3, words.length);
    return Typed.in(folder, Map.of("HOOK", receiver.url("/services/T0K3N").toString()), line);
  }

  @Test
  void aFailureIsToldOnceAndTheRecoveryByALaterRun() throws Exception {
    String notify = "notify: {webhook: '${env:HOOK}'}\n";
    write("avg(nosuch)", notify);
    Typed failed = run("climate", "--window", NOON);
    assertThat(failed.code()).as(failed.all()).isEqualTo(65);
    JsonNode notice = JSON.readTree(receiver.next());
    assertThat(notice.get("occasion").asText()).isEqualTo("failure");
    assertThat(notice.get("job").asText()).isEqualTo("climate");
    assertThat(notice.get("start").asText()).isEqualTo(NOON);
    assertThat(notice.get("reason").asText()).contains("nosuch");

    run("climate", "--window", NOON);
    assertThat(receiver.waiting()).as("the same failure again").isZero();

    write("avg(temp)", notify);
    Typed settled = run("climate", "--window", NOON);
    assertThat(settled.code()).as(settled.all()).isZero();
    assertThat(JSON.readTree(receiver.next()).get("occasion").asText()).isEqualTo("recovery");
    assertThat(receiver.waiting()).isZero();
  }

  @Test
  void aJobWhoseNewestWindowIsTooOldIsSilent() throws Exception {
    write("avg(temp)", "    max_age: 2d\nnotify: {webhook: '${env:HOOK}', on: silence}\n");
    Typed typed = run("climate", "--window", NOON);
    assertThat(typed.code()).as(typed.all()).isZero();

    JsonNode notice = JSON.readTree(receiver.next());
    assertThat(notice.get("occasion").asText()).isEqualTo("silence");
    assertThat(notice.get("reason").asText()).contains("'max_age' of 2d");
  }

  @Test
  void aDestinationThatDoesNotOpenIsAFailureOfTheJob() throws Exception {
    Files.writeString(folder.resolve("lake"), "a file where the folder should be");
    write("avg(temp)", "notify: {webhook: '${env:HOOK}'}\n");
    Typed typed = run("climate", "--window", NOON);
    assertThat(typed.code()).as(typed.all()).isEqualTo(73);

    assertThat(JSON.readTree(receiver.next()).get("occasion").asText()).isEqualTo("failure");
  }

  @Test
  void aReceiverThatFailsDoesNotChangeTheRun() throws Exception {
    receiver.answers(404);
    write("avg(nosuch)", "notify: {webhook: '${env:HOOK}'}\n");
    Typed typed = run("climate", "--window", NOON);

    assertThat(typed.code()).as(typed.all()).isEqualTo(65);
    assertThat(typed.all()).doesNotContain("T0K3N");
  }
}
