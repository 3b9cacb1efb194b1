package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.land.LocalDestination;
import dev.tributary.query.BatchSource;
import dev.tributary.query.FlightSource;
import dev.tributary.query.Memory;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A window of several files whose writer ends at each point of its dealings, one after the other.
 */
class PartedCrashPointsTest {

  private static final Instant NOW = Instant.parse("2022-01-01T21:10:00Z");

  private static Sandbox sandbox;

  /** Ends a pass at a point, as a death of the process would but for what it still holds. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard().withClock(InstantSource.fixed(NOW)));
    sandbox.loadHome("home");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static Job job(Path round, Path lake) throws Exception {
    return Definition.only(
        round,
        Definition.hourly(sandbox.url(), lake)
                .replace("start: 2022-01-01}", "start: 2022-01-01T20:00:00Z}")
                .stripTrailing()
            + "\n    partition_by: room\n    success_marker: true\n");
  }

  @Test
  void aDeathAnywhereIsMadeGoodByTheNextPass(@TempDir Path folder) throws Exception {
    int points = 0;
    int forwarded = 0;
    for (int halt = 1; ; halt++) {
      Path lake = folder.resolve("lake-" + halt);
      Job job = job(folder.resolve("round-" + halt), lake);
      List<String> seen = new ArrayList<>();
      if (!dies(job, halt, seen)) {
        break;
      }
      points++;
      String at = halt + ": " + seen.get(seen.size() - 1);
      PassReport report = pass(job, new ArrayList<>(), Integer.MAX_VALUE, Order.DUE);
      assertThat(report.refusals()).as(at).isEmpty();
      assertThat(report.outcomes()).as(at).allMatch(Outcome.Settled.class::isInstance);
      forwarded += isForward(report) ? 1 : 0;
      inOrder(new Lake(lake), at);
    }
    assertThat(points).as("points at which a writer died").isGreaterThan(25);
    assertThat(forwarded).as("of them with all files there and no manifest").isPositive();
  }

  @Test
  void aDeathAmidAReplacementLeavesOneGenerationToReaders(@TempDir Path folder) throws Exception {
    Order replace = Order.of(List.of(window()), Aim.REPLACE);
    int points = 0;
    for (int halt = 1; ; halt++) {
      Path lake = folder.resolve("lake-" + halt);
      Job job = job(folder.resolve("round-" + halt), lake);
      pass(job, new ArrayList<>(), Integer.MAX_VALUE, Order.DUE);
      List<String> seen = new ArrayList<>();
      if (!dies(job, halt, seen, replace)) {
        break;
      }
      points++;
      String at = halt + ": " + seen.get(seen.size() - 1);
      PassReport report = pass(job, new ArrayList<>(), Integer.MAX_VALUE, Order.DUE);
      assertThat(report.refusals()).as(at).isEmpty();
      assertThat(report.outcomes()).as(at).allMatch(Outcome.Settled.class::isInstance);
      onlyTheNewest(new Lake(lake), at);
    }
    assertThat(points).as("points at which a writer died").isGreaterThan(30);
  }

  private static Window window() {
    return new Window(Instant.parse("2022-01-01T20:00:00Z"), Instant.parse("2022-01-01T21:00:00Z"));
  }

  private static boolean isForward(PassReport report) {
    return report.outcomes().stream()
        .anyMatch(o -> o instanceof Outcome.Settled s && s.how() == Outcome.How.ROLLED_FORWARD);
  }

  private static boolean dies(Job job, int halt, List<String> seen) throws Exception {
    return dies(job, halt, seen, Order.DUE);
  }

  private static boolean dies(Job job, int halt, List<String> seen, Order order) throws Exception {
    PassReport report = pass(job, seen, halt, order);
    return seen.size() >= halt && report != null;
  }

  /** One pass that fails at a point and at every one after it. */
  private static PassReport pass(Job job, List<String> seen, int halt, Order order)
      throws Exception {
    try (Memory memory = new Memory(64L << 20);
        BatchSource source = FlightSource.open(job.source(), secret -> "", memory);
        Destination destination =
            new HookedDestination(
                LocalDestination.open(job.target().destination()),
                point -> {
                  if (point.equals("after lock")) {
                    // a dead process holds no lock, but a failed call of this one would for ever
                    return;
                  }
                  if (seen.size() < halt) {
                    seen.add(point);
                  }
                  if (seen.size() >= halt) {
                    throw new Death();
                  }
                })) {
      return WriterProcess.pass(job, source, destination, memory, InstantSource.fixed(NOW), order);
    }
  }

  private static void inOrder(Lake lake, String at) throws Exception {
    assertThat(lake.receipts()).as(at).hasSize(1);
    onlyTheNewest(lake, at);
  }

  /** Readers by listing see what the newest manifest lists, the marker, and nothing else. */
  private static void onlyTheNewest(Lake lake, String at) throws Exception {
    assertThat(lake.newestFiles()).as(at).hasSize(2);
    assertThat(new TreeSet<>(lake.visible())).as(at).isEqualTo(new TreeSet<>(lake.newestFiles()));
    assertThat(lake.markers()).as(at).hasSize(1);
    assertThat(lake.broken()).as(at).isEmpty();
    assertThat(lake.intents()).as(at).isEmpty();
  }
}
