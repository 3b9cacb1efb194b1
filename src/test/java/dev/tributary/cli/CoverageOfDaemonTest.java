package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is being made now, which no ledger tells and the daemon does. */
@Timeout(180)
class CoverageOfDaemonTest {

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Long enough that a look falls into it. */
  private static final Duration SLOW = Duration.ofSeconds(4);

  @Test
  void windowsThatTheDaemonWorksOnAreRunning(@TempDir Path folder) throws Exception {
    SandboxSettings slow = SandboxSettings.standard().withLatency(SLOW);
    try (DaemonGround ground = DaemonGround.in(folder, slow)) {
      ground.write(
          ground.monthly("climate").replace("port: 0", "port: " + DaemonGround.freePort()));
      try (ChildJvm daemon = ground.daemon()) {
        List<JsonNode> ranges =
            JsonLines.of(
                await(folder, typed -> typed.out().contains("\"state\":\"running\""), "--json"));
        assertThat(windows(ranges, "running")).isBetween(1, 2);
        assertThat(windows(ranges, "due")).isPositive();

        Typed calendar = await(folder, typed -> typed.out().contains("* running"));
        assertThat(calendar.out()).containsPattern(" running, \\d+ due");

        await(folder, typed -> page(folder).contains("\"state\":\"running\""), "--html", "c.html");

        // how things stood or will stand is nothing that a daemon knows
        assertThat(coverage(folder, "--at", Instant.now().toString()).out())
            .doesNotContain("running");
        daemon.kill();
        assertThat(coverage(folder).out()).doesNotContain("running");
      }
    }
  }

  private static int windows(List<JsonNode> ranges, String state) {
    return ranges.stream()
        .filter(range -> range.get("state").asText().equals(state))
        .mapToInt(range -> range.get("windows").asInt())
        .sum();
  }

  private static String page(Path folder) {
    try {
      return Files.readString(folder.resolve("c.html"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Typed await(Path folder, Predicate<Typed> seen, String... more) throws Exception {
    long end = System.nanoTime() + LONGEST_NANOS;
    Typed typed = coverage(folder, more);
    while (!seen.test(typed)) {
      assertThat(System.nanoTime()).as(typed.all()).isLessThan(end);
      DaemonGround.pause(100);
      typed = coverage(folder, more);
    }
    return typed;
  }

  private static Typed coverage(Path folder, String... more) {
    Typed typed =
        Typed.in(
            folder,
            Stream.concat(
                    Stream.of("coverage", "--config", folder.resolve("jobs.yaml").toString()),
                    Stream.of(more))
                .toArray(String[]::new));
    assertThat(typed.code()).as(typed.all()).isZero();
    return typed;
  }
}
