package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether data is fresh enough, told by the receipts alone. */
class StatusCommandTest {

  private Path folder;

  @BeforeEach
  void begin(@TempDir Path empty) {
    folder = empty;
  }

  @Test
  void aJobIsFreshUntilItsNewestWindowIsOlderThanItMayBe() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard())) {
      sandbox.loadHome("home");
      String yaml = Definition.hourly(sandbox.url(), folder.resolve("lake"));
      write(yaml);
      JsonNode before = JsonLines.of(status("2022-01-01T13:00:00Z", 0)).get(0);
      assertThat(before.get("complete_until").isNull()).isTrue();
      status("2022-01-01T13:00:00Z", 75, "--max-age", "2h");

      Typed run = typed("run", "climate", "--window", "2022-01-01T12:00:00Z");
      assertThat(run.code()).as(run.all()).isZero();
    }
    // without a server, and without a token of it
    JsonNode fresh = JsonLines.of(status("2022-01-01T15:00:00Z", 0, "--max-age", "2h")).get(0);
    assertThat(fresh.get("complete_until").asText()).isEqualTo("2022-01-01T13:00:00Z");
    assertThat(fresh.get("age_seconds").asLong()).isEqualTo(7200);
    assertThat(fresh.get("stale").asBoolean()).isFalse();
    JsonNode stale = JsonLines.of(status("2022-01-01T15:00:01Z", 75, "--max-age", "2h")).get(0);
    assertThat(stale.get("stale").asBoolean()).isTrue();
  }

  @Test
  void withoutAnOptionEachJobsOwnAgeCounts() throws Exception {
    String yaml = Definition.hourly("grpc://127.0.0.1:1", folder.resolve("lake"));
    write(yaml.replace("retries: 0", "retries: 0\n    max_age: 2h"));
    JsonNode stale = JsonLines.of(status("2022-01-01T15:00:00Z", 75)).get(0);
    assertThat(stale.get("max_age_seconds").asLong()).isEqualTo(7200);
  }

  private Typed status(String at, int code, String... more) {
    String[] words = new String[more.length + 4];
    words[0] = "status";
    words[1] = "--json";
    words[2] = "--at";
    words[3] = at;
    System.arraycopy(more, 0, words, 4, more.length);
    Typed typed = typed(words);
    assertThat(typed.code()).as(typed.all()).isEqualTo(code);
    return typed;
  }

  private void write(String yaml) throws Exception {
    Files.writeString(folder.resolve("jobs.yaml"), yaml);
  }

  private Typed typed(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--config";
    all[words.length + 1] = folder.resolve("jobs.yaml").toString();
    return Typed.in(folder, all);
  }
}
