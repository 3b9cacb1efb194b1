package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.land.InMemoryDestination;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.query.BatchSource;
import dev.tributary.query.FlightSource;
import dev.tributary.query.Memory;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Counts;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two writers of one window of several files, at a store that has no lock. */
class PartedRacesTest {

  private static final Instant NOW = Instant.parse("2022-01-01T21:10:00Z");
  private static final Window WINDOW =
      new Window(Instant.parse("2022-01-01T20:00:00Z"), Instant.parse("2022-01-01T21:00:00Z"));
  private static final Order REPLACE = Order.of(List.of(WINDOW), Aim.REPLACE);

  private Sandbox sandbox;
  private Memory memory;
  private BatchSource source;
  private Job job;
  private volatile boolean died;

  /** Ends a rival's pass. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard().withClock(InstantSource.fixed(NOW)));
    sandbox.loadHome("home");
    job =
        Definition.only(
            folder,
            Definition.hourly(sandbox.url(), folder)
                    .replace("start: 2022-01-01}", "start: 2022-01-01T20:00:00Z}")
                    .stripTrailing()
                + "\n    partition_by: room\n");
    memory = new Memory(64L << 20);
    source = FlightSource.open(job.source(), secret -> "", memory);
  }

  @AfterEach
  void stop() {
    source.close();
    memory.close();
    sandbox.close();
  }

  @Test
  void aRivalThatComesInBetweenAnyTwoPublicationsLeavesOneWholeWindow() throws Exception {
    assertThat(races(Order.DUE, Integer.MAX_VALUE))
        .as("places to come in between")
        .isGreaterThan(3);
  }

  @Test
  void aRivalThatReplacesInBetweenLeavesOneWholeWindow() throws Exception {
    assertThat(races(REPLACE, Integer.MAX_VALUE)).as("places to come in between").isGreaterThan(3);
  }

  @Test
  void aRivalThatComesInBetweenAndDiesAnywhereLeavesOneWholeWindow() throws Exception {
    int step = Counts.of(3, 1);
    int last = 1;
    do {
      died = false;
      races(Order.DUE, last);
      last += step;
    } while (died);
    assertThat(last).as("points at which a rival died").isGreaterThan(40);
  }

  /** One writer, and at each of its publications in turn a rival; gives how many those are. */
  private int races(Order order, int rivalDiesAt) throws Exception {
    for (int place = 1; ; place++) {
      InMemoryDestination store = new InMemoryDestination();
      if (order.aim() == Aim.REPLACE) {
        pass(store, Order.DUE, Integer.MAX_VALUE);
      }
      AtomicInteger publications = new AtomicInteger();
      AtomicBoolean came = new AtomicBoolean();
      int at = place;
      store.beforePublish(
          key -> {
            if (!came.get() && publications.incrementAndGet() == at) {
              came.set(true);
              pass(store, order, rivalDiesAt);
            }
          });
      PassReport report = pass(store, order, Integer.MAX_VALUE);
      if (!came.get()) {
        return place - 1;
      }
      String told = "rival at publication " + place + ", dead at " + rivalDiesAt;
      assertThat(report.outcomes()).as(told).allMatch(Outcome.Settled.class::isInstance);
      pass(store, Order.DUE, Integer.MAX_VALUE);
      judge(store, told);
    }
  }

  private void judge(InMemoryDestination store, String told) throws Exception {
    Ledger ledger = Ledger.of(store, job.name(), InstantSource.fixed(NOW));
    Manifest newest = ledger.newest(WINDOW).orElseThrow();
    List<String> listed = newest.files().stream().map(file -> file.key().value()).sorted().toList();
    List<String> visible =
        store.keys().stream().filter(key -> !key.startsWith("_tributary/")).toList();
    assertThat(listed).as(told).hasSize(2);
    assertThat(visible).as(told).isEqualTo(listed);
    assertThat(ledger.pendingIntents()).as(told).isEmpty();
    for (Manifest.DataFile file : newest.files()) {
      assertThat(store.look(file.key()).orElseThrow().bytes()).as(told).isEqualTo(file.bytes());
    }
  }

  private PassReport pass(InMemoryDestination store, Order order, int diesAt) {
    AtomicInteger points = new AtomicInteger();
    return WriterProcess.pass(
        job,
        source,
        new HookedDestination(
            Lockless.over(store),
            point -> {
              if (points.incrementAndGet() >= diesAt) {
                died = true;
                throw new Death();
              }
            }),
        memory,
        InstantSource.fixed(NOW),
        order);
  }
}
