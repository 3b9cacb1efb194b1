package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.land.objectstore.S3Proxy;
import dev.tributary.land.objectstore.S3Relay;
import dev.tributary.land.objectstore.S3Relay.Fate;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Counts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run of three windows whose store fails every so often, and one run after it. */
class S3FaultsTest {

  private static Sandbox sandbox;

  private final S3Relay relay = S3Lake.relay();

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard());
    S3Lake.load(sandbox);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @AfterEach
  void close() throws Exception {
    relay.close();
  }

  @ParameterizedTest
  @EnumSource(names = "ANSWERED", mode = EnumSource.Mode.EXCLUDE)
  void oneMoreRunMakesEveryFaultGood(Fate fate, @TempDir Path folder) throws Exception {
    List<String> codes = new ArrayList<>();
    for (String more : List.of("", "partition_by: [room]")) {
      for (int n : everyN(folder.resolve("sound" + more.length()), more)) {
        String what = fate + ", every " + n + ". request, " + more;
        DestinationSpec spec = S3Proxy.spec("x");
        S3Lake lake =
            S3Lake.on(
                folder.resolve(more.length() + "-" + n), sandbox, relay.endpoint(), spec, more);
        relay.everyNth(n, fate);
        Typed hurt = lake.typed("run");
        relay.heal();
        Typed again = lake.typed("run");

        assertThat(hurt.code()).as(what + "\n" + hurt.all()).isIn(0, 69, 73, 75);
        assertThat(again.code()).as(what + "\n" + hurt.all() + again.all()).isZero();
        assertThat(lake.typed("plan").out()).as(what).contains("0 windows due");
        Typed verified = lake.typed("verify");
        assertThat(verified.err()).as(what).contains("all as their manifests say");
        assertThat(S3Lake.files(spec))
            .as(what)
            .isEqualTo(S3Lake.listed(spec))
            .hasSize(more.isEmpty() ? S3Lake.WINDOWS : 2 * S3Lake.WINDOWS);
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
    S3Lake lake = S3Lake.on(folder, sandbox, relay.endpoint(), S3Proxy.spec("x"), more);
    relay.counts();
    assertThat(lake.typed("run").code()).isZero();
    Map<String, Integer> asked = relay.counts();
    int all = asked.values().stream().mapToInt(Integer::intValue).sum();
    return IntStream.rangeClosed(1, all).boxed().toList();
  }
}
