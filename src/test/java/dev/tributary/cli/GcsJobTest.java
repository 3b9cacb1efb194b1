package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.land.objectstore.GcsServer;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job whose lake is a bucket of Google Cloud Storage. */
class GcsJobTest {

  private Path folder;

  @BeforeEach
  void begin(@TempDir Path empty) {
    folder = empty;
  }

  @Test
  @Timeout(120)
  void theJobThatRunsOnADiskRunsInABucketByItsUrlAlone() throws Exception {
    String bucket =
        "{url: 'gs://%s/lake/rollups', endpoint: '%s'}"
            .formatted(GcsServer.newBucket(), GcsServer.endpoint());
    String disk = "{url: '" + Definition.url(folder.resolve("lake")) + "'}";
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard())) {
      sandbox.loadHome("home");
      String yearly =
          Definition.hourly("grpc://127.0.0.1:" + sandbox.port(), folder.resolve("lake"))
              .replace("every: 1h", "every: 1y")
              .replace("catchup: 3d", "catchup: all");

      write(yearly);
      List<JsonNode> onDisk = settled();
      write(yearly.replace(disk, bucket));
      List<JsonNode> inBucket = settled();

      assertThat(inBucket).hasSizeGreaterThan(3).isEqualTo(onDisk);
      assertThat(inBucket.get(0).get("rows").asInt()).isPositive();
      assertThat(settled()).isEmpty();
      Typed verified = typed("verify");
      assertThat(verified.code()).as(verified.all()).isZero();
      Typed again = typed("run", "climate", "--window", "2022-01-01", "--replace", "--json");
      assertThat(JsonLines.of(again).get(0).get("generation").asInt()).as(again.all()).isEqualTo(2);
      assertThat(typed("verify").code()).isZero();
    }
  }

  private List<JsonNode> settled() {
    Typed run = typed("run", "--json");
    assertThat(run.code()).as(run.all()).isZero();
    return JsonLines.of(run);
  }

  private Typed typed(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--config";
    all[words.length + 1] = "jobs.yaml";
    return Typed.in(folder, all);
  }

  private void write(String yaml) throws Exception {
    Files.writeString(folder.resolve("jobs.yaml"), yaml);
  }
}
