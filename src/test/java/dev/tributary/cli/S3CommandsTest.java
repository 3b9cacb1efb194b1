package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.land.objectstore.S3Proxy;
import dev.tributary.land.objectstore.StoreRelay;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on an object store: what they do, and how often they ask. */
class S3CommandsTest {

  private final DestinationSpec spec = S3Proxy.spec("roll%20ups");
  private final StoreRelay relay = StoreRelay.before(S3Proxy.endpoint());
  private Sandbox sandbox;
  private Path folder;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    sandbox = Sandbox.start(SandboxSettings.standard());
    StoreLake.load(sandbox);
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
    relay.close();
  }

  @Test
  void theSameJobRunsOnDiskAndInABucket() throws Exception {
    for (String more : new String[] {"", "partition_by: [room]"}) {
      StoreLake disk =
          StoreLake.at(
              folder.resolve("disk" + more.length()),
              sandbox,
              "url: " + Definition.url(folder.resolve("lake" + more.length())),
              more);
      StoreLake bucket =
          StoreLake.on(
              folder.resolve("bucket" + more.length()),
              sandbox,
              relay.endpoint(),
              S3Proxy.spec("x"),
              more);
      String[] lines = {
        "plan",
        "run",
        "plan",
        "verify",
        "coverage",
        StoreLake.replacement(),
        "verify",
        "status",
        "run"
      };
      assertThat(bucket.told(lines))
          .isEqualTo(disk.told(lines))
          .contains("all as their manifests say");
    }
  }

  /**
   * What one more window of one small file costs: a read of its manifest, a look at its file, a
   * read of the schema that would follow the known one, a second read of its manifest, a put of the
   * file, a put of the manifest, and at the pass's end a third read of it. The least is one look,
   * one put and one put; the four reads more are what a store charges least for. The first spares a
   * query where a rival has settled the window, the second a column that a rival has added, the
   * third the upload where a rival was faster during the query; the last is the history, read again
   * for the index, so that it holds what rivals settled, too. The conditions of the two puts alone
   * would be safe.
   */
  @Test
  void aCommittedWindowAsksSevenTimes() throws Exception {
    Map<String, Integer> cost = new TreeMap<>(requestsOfARunOver(3));
    requestsOfARunOver(2).forEach((kind, count) -> cost.merge(kind, -count, Integer::sum));
    cost.values().removeIf(count -> count == 0);

    System.out.println("a committed window of one small file asks " + cost);
    assertThat(cost).isEqualTo(Map.of("get", 4, "head", 1, "put", 2));
  }

  private Map<String, Integer> requestsOfARunOver(int windows) throws Exception {
    StoreLake lake =
        StoreLake.on(
            folder.resolve("of" + windows),
            sandbox,
            relay.endpoint(),
            S3Proxy.spec("x"),
            "catchup: " + (windows * 366) + "d");
    relay.counts();
    Typed run = lake.typed("run");
    assertThat(run.err()).contains(windows + " windows settled, 0 failed, 0 left");
    return relay.counts();
  }

  @Test
  void aRunWithNothingDueAsksFiveTimesAtMost() throws Exception {
    StoreLake lake = StoreLake.on(folder, sandbox, relay.endpoint(), spec, "");
    assertThat(lake.typed("run").code()).isZero();
    for (String command : List.of("run", "plan", "coverage", "status")) {
      relay.counts();
      assertThat(lake.typed(command).code()).isZero();
      Map<String, Integer> asked = relay.counts();
      System.out.println("with nothing due, " + command + " asks " + asked);
      assertThat(asked.keySet()).isSubsetOf("list", "get");
      assertThat(asked.values().stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(5);
    }
  }
}
