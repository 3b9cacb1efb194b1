package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.land.objectstore.StoreRelay;
import dev.tributary.land.objectstore.StoreRelay.Fate;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Counts;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run of three windows whose store fails every so often, and one run after it: the same for every
 * kind of object store.
 */
abstract class StoreFaults {

  private Sandbox sandbox;
  private StoreRelay relay;

  /** Where the store listens; ends the test, loudly, where it is not installed. */
  abstract URI store() throws Exception;

  /** A new and empty place in the store. */
  abstract DestinationSpec spec();

  /** Keys and values of this place as a job's destination, reached through a relay. */
  abstract String destination(DestinationSpec spec, URI relay);

  @BeforeEach
  void start() throws Exception {
    relay = StoreRelay.before(store());
    sandbox = Sandbox.start(SandboxSettings.standard());
    StoreLake.load(sandbox);
  }

  @AfterEach
  void stop() throws Exception {
    // where the store is not installed neither of them started
    if (sandbox != null) {
      sandbox.close();
      relay.close();
    }
  }

  // nearly all of its time is waiting before another try
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @EnumSource(names = "ANSWERED", mode = EnumSource.Mode.EXCLUDE)
  void oneMoreRunMakesEveryFaultGood(Fate fate, @TempDir Path folder) throws Exception {
    List<String> codes = new ArrayList<>();
    for (String more : List.of("", "partition_by: [room]")) {
      for (int n : everyN(folder.resolve("sound" + more.length()), more)) {
        String what = fate + ", every " + n + ". request, " + more;
        DestinationSpec spec = spec();
        StoreLake lake = lake(folder.resolve(more.length() + "-" + n), spec, more);
        relay.everyNth(n, fate);
        Typed hurt = lake.typed("run");
        relay.heal();
        Typed again = lake.typed("run");

        assertThat(hurt.code()).as(what + "\n" + hurt.all()).isIn(0, 69, 73, 75);
        assertThat(again.code()).as(what + "\n" + hurt.all() + again.all()).isZero();
        assertThat(lake.typed("plan").out()).as(what).contains("0 windows due");
        Typed verified = lake.typed("verify");
        assertThat(verified.err()).as(what).contains("all as their manifests say");
        assertThat(StoreLake.files(spec))
            .as(what)
            .isEqualTo(StoreLake.listed(spec))
            .hasSize(more.isEmpty() ? StoreLake.WINDOWS : 2 * StoreLake.WINDOWS);
        codes.add(n + ":" + hurt.code());
      }
    }
    System.out.println(
        getClass().getSimpleName() + ", " + fate + ", first run's exit code by N: " + codes);
  }

  /** All N up to the number of requests of a run in which nothing fails; a few by default. */
  private List<Integer> everyN(Path folder, String more) throws Exception {
    if (Counts.of(0, 1) == 0) {
      return more.isEmpty() ? List.of(2) : List.of(3);
    }
    StoreLake lake = lake(folder, spec(), more);
    relay.counts();
    assertThat(lake.typed("run").code()).isZero();
    int all = relay.counts().values().stream().mapToInt(Integer::intValue).sum();
    return IntStream.rangeClosed(1, all).boxed().toList();
  }

  private StoreLake lake(Path folder, DestinationSpec spec, String more) throws Exception {
    return StoreLake.at(folder, sandbox, destination(spec, relay.endpoint()), more);
  }
}
