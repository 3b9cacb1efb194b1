package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.land.objectstore.GcsServer;
import dev.tributary.land.objectstore.S3Relay;
import dev.tributary.land.objectstore.S3Relay.Fate;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Counts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run of three windows into Google Cloud Storage that fails every so often, and one after it. */
class GcsFaultsTest {

  private S3Relay relay;
  private Sandbox sandbox;

  @BeforeEach
  void start() throws Exception {
    relay = S3Relay.before(GcsServer.endpoint());
    sandbox = Sandbox.start(SandboxSettings.standard());
    S3Lake.load(sandbox);
  }

  @AfterEach
  void stop() throws Exception {
    // where the program is not installed neither of them started
    if (sandbox != null) {
      sandbox.close();
      relay.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ANSWERED", mode = EnumSource.Mode.EXCLUDE)
  void oneMoreRunMakesEveryFaultGood(Fate fate, @TempDir Path folder) throws Exception {
    List<String> codes = new ArrayList<>();
    for (String more : List.of("", "partition_by: [room]")) {
      for (int n : everyN(folder.resolve("sound" + more.length()), more)) {
        String what = fate + ", every " + n + ". request, " + more;
        S3Lake lake = lake(folder.resolve(more.length() + "-" + n), more);
        relay.everyNth(n, fate);
        Typed hurt = lake.typed("run");
        relay.heal();
        Typed again = lake.typed("run");

        assertThat(hurt.code()).as(what + "\n" + hurt.all()).isIn(0, 69, 73, 75);
        assertThat(again.code()).as(what + "\n" + hurt.all() + again.all()).isZero();
        assertThat(lake.typed("plan").out()).as(what).contains("0 windows due");
        Typed verified = lake.typed("verify");
        int files = more.isEmpty() ? S3Lake.WINDOWS : 2 * S3Lake.WINDOWS;
        assertThat(verified.err())
            .as(what)
            .contains("all as their manifests say", files + " files");
        codes.add(n + ":" + hurt.code());
      }
    }
    System.out.println(fate + ", first run's exit code by N: " + codes);
  }

  /** All N up to the number of requests of a run in which nothing fails; a few by default. */
  private List<Integer> everyN(Path folder, String more) throws Exception {
    if (Counts.of(0, 1) == 0) {
      return more.isEmpty() ? List.of(1) : List.of(3);
    }
    S3Lake lake = lake(folder, more);
    relay.counts();
    assertThat(lake.typed("run").code()).isZero();
    int all = relay.counts().values().stream().mapToInt(Integer::intValue).sum();
    return IntStream.rangeClosed(1, all).boxed().toList();
  }

  private S3Lake lake(Path folder, String more) throws Exception {
    String destination =
        "url: 'gs://%s/x'\n    endpoint: %s".formatted(GcsServer.newBucket(), relay.endpoint());
    return S3Lake.at(folder, sandbox, destination, more);
  }
}
