package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that can never be had. */
class SkipCommandTest {

  private static final String NOON = "2022-01-01T12:00:00Z";
  private static final String DEAD = "grpc://127.0.0.1:1";

  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    lake = folder.resolve("lake");
    define(DEAD);
  }

  private void define(String url) throws Exception {
    String yaml = Definition.hourly(url, lake);
    Files.writeString(
        folder.resolve("tributary.yaml"),
        url.equals(DEAD) ? yaml.replace("'}\ndest", "', token: '${env:NOSUCH}'}\ndest") : yaml);
  }

  private Typed skip() {
    return typed("skip", "climate", "--window", NOON, "--reason", "the sensor was off");
  }

  private Typed typed(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--config";
    all[words.length + 1] = "tributary.yaml";
    return Typed.in(folder, all);
  }

  @Test
  void aSkippedWindowIsSettledWithItsReasonThoughTheSourceIsGone() throws Exception {
    Typed skipped = skip();
    assertThat(skipped.code()).as(skipped.all()).isZero();
    assertThat(Listing.data(lake)).isEmpty();

    Typed coverage = typed("coverage", "--at", "2022-01-01T15:30:00Z");
    assertThat(coverage.out()).contains("skipped: the sensor was off");
    assertThat(typed("verify").code()).isZero();
    assertThat(typed("run", "climate", "--window", NOON).code()).isZero();

    Typed again = skip();
    assertThat(again.code()).isEqualTo(65);
    assertThat(again.err()).contains("it is settled already, as skipped");
  }

  @Test
  void aSkippedWindowIsLeftOutOfBackfillAndCanBeMadeLater() throws Exception {
    assertThat(skip().code()).isZero();
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard())) {
      sandbox.loadHome("home");
      define(sandbox.url());
      Typed backfill =
          typed("backfill", "climate", "--from", NOON, "--to", "2022-01-01T14:00:00Z", "--json");
      assertThat(backfill.code()).as(backfill.all()).isZero();
      assertThat(JsonLines.of(backfill)).hasSize(1);
      Typed made = typed("run", "climate", "--window", NOON, "--replace", "--json");
      assertThat(made.code()).as(made.all()).isZero();
      assertThat(JsonLines.of(made).get(0).get("generation").asInt()).isEqualTo(2);
      assertThat(typed("verify").code()).isZero();
    }
  }

  @Test
  void aWindowThatMayStillHaveDataIsNotSkipped() {
    Typed coming = typed("skip", "climate", "--window", "2999-01-01", "--reason", "no hope");
    assertThat(coming.code()).isEqualTo(65);
    assertThat(coming.err()).contains("cannot skip window", "it has not ended yet");
  }

  @Test
  void aSkipWithoutAReasonIsAMistakeOfTheCaller() {
    assertThat(typed("skip", "climate", "--window", NOON, "--reason", " ").code()).isEqualTo(64);
    assertThat(lake).doesNotExist();
  }
}
