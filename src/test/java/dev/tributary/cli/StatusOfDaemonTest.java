package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.testing.ChildJvm;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked for a job's status: the daemon that works on it, if one runs, else the ledger. */
@Timeout(120)
class StatusOfDaemonTest {

  @Test
  void aRunningDaemonIsAskedAndTheLedgerIsReadWhenItIsGone(@TempDir Path folder) throws Exception {
    try (DaemonGround ground = DaemonGround.in(folder)) {
      int port = DaemonGround.freePort();
      String yaml = ground.monthly("climate").replace("port: 0", "port: " + port);
      ground.write(yaml);
      try (ChildJvm daemon = ground.daemon()) {
        ground.awaitManifests("climate", 12);
        ground.awaitQuiet("climate");

        Typed asked = status(folder, "--json", "--max-age", "3650d");

        assertThat(asked.code()).as(asked.all()).isZero();
        assertThat(asked.err()).contains("told by the daemon at 127.0.0.1:" + port);
        JsonNode told = JsonLines.of(asked).get(0);
        assertThat(told.get("told").asText()).isEqualTo("daemon");

        // others' definitions are none of its business
        Path other = Files.createDirectories(folder.resolve("other")).resolve("jobs.yaml");
        Files.writeString(other, yaml);
        Typed elsewhere = Typed.in(folder, "status", "--json", "--config", other.toString());
        assertThat(JsonLines.of(elsewhere).get(0).get("told").asText()).isEqualTo("ledger");

        daemon.terminate();
        daemon.await();
        Typed read = status(folder, "--json", "--max-age", "3650d");
        assertThat(read.err()).contains("read from the ledger");
        JsonNode ledger = JsonLines.of(read).get(0);
        assertThat(ledger.get("told").asText()).isEqualTo("ledger");
        assertThat(ledger.get("complete_until")).isEqualTo(told.get("complete_until"));
        assertThat(ledger.get("stale")).isEqualTo(told.get("stale"));
        assertThat(ledger.get("failing")).isEqualTo(told.get("failing"));
      }
    }
  }

  @Test
  void aPortThatNeverAnswersHoldsNobodyUp(@TempDir Path folder) throws Exception {
    try (DaemonGround ground = DaemonGround.in(folder);
        ServerSocket mute = new ServerSocket(0)) {
      ground.write(ground.monthly("climate").replace("port: 0", "port: " + mute.getLocalPort()));
      long begin = System.nanoTime();

      Typed read = status(folder, "--json");

      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(20);
      assertThat(JsonLines.of(read).get(0).get("told").asText()).isEqualTo("ledger");
    }
  }

  private static Typed status(Path folder, String... more) {
    String[] words = new String[more.length + 3];
    words[0] = "status";
    words[1] = "--config";
    words[2] = folder.resolve("jobs.yaml").toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return Typed.in(folder, words);
  }
}
