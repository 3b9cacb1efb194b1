package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.land.LocalDestination;
import dev.tributary.ledger.Ledger;
import dev.tributary.query.BatchSource;
import dev.tributary.query.FlightSource;
import dev.tributary.query.Memory;
import dev.tributary.run.Outcome.How;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settled windows, looked at again at a real server to which rows may have come late. */
class RevisitTest {

  private static final Instant FIRST = Instant.parse("2022-01-01T21:10:00Z");
  private static final Instant SECOND = Instant.parse("2022-01-01T23:10:00Z");
  private static final Window WINDOW =
      new Window(Instant.parse("2022-01-01T20:00:00Z"), Instant.parse("2022-01-01T21:00:00Z"));

  private final List<Drift> drifts = new ArrayList<>();
  private final List<Outcome> revisited = new ArrayList<>();
  private Path folder;
  private Sandbox sandbox;
  private Instant now = FIRST;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    sandbox = Sandbox.start(SandboxSettings.standard().withClock(() -> now));
    sandbox.loadHome("home");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"retries: 1", "format: arrow", "partition_by: [room]"})
  void lateRowsAreNamedAndPublishedAsTheNextGeneration(String more) throws Exception {
    Job job = job(more);
    assertThat(hows(job)).containsExactly(How.PUBLISHED);

    late("home,room=Kitchen temp=99 ", 30);
    late("home,room=Attic temp=10,co=1i ", 10);
    now = SECOND;

    Outcome.Settled replaced = pass(job).get(0);
    assertThat(replaced.how()).isEqualTo(How.REPLACED);
    assertThat(revisited).as("the first time is no revisit").containsExactly(replaced);
    assertThat(replaced.manifest().attempt().generation()).isEqualTo(2);
    assertThat(replaced.manifest().content().rows()).isEqualTo(3);
    assertThat(drifts).hasSize(1);
    Drift drift = drifts.get(0);
    assertThat(drift.before()).isEqualTo(2);
    assertThat(drift.after()).isEqualTo(3);
    assertThat(drift.added()).isEqualTo(1);
    assertThat(drift.changed()).isEqualTo(1);
    assertThat(drift.columns()).extracting(Drift.ColumnDrift::name).containsExactly("temp");
    assertThat(drift.examples()).anyMatch(example -> example.contains("Attic"));
    assertThat(replaced.manifest().reason()).contains(drift.summary());
    assertThat(settledSince(job)).as("a look counts").isEmpty();
  }

  @Test
  void aLookThatFindsNothingNewLeavesItsRecordAndNothingElse() throws Exception {
    Job job = job("retries: 1");
    hows(job);
    now = SECOND;

    assertThat(hows(job)).containsExactly(How.UNCHANGED);
    assertThat(drifts).isEmpty();
    assertThat(settledSince(job)).isEmpty();
    try (Destination lake = LocalDestination.open(job.target().destination())) {
      Ledger ledger = Ledger.of(lake, job.name(), InstantSource.fixed(now));
      assertThat(ledger.newest(WINDOW).orElseThrow().attempt().generation()).isEqualTo(1);
      assertThat(ledger.history().looks()).containsKey(WINDOW.start());
      assertThat(ledger.pendingIntents()).isEmpty();
    }
  }

  @Test
  void rowsThatWentAreNotTakenFromTheLake() throws Exception {
    Job job = job("retries: 0");
    hows(job);
    sandbox.close();
    sandbox = Sandbox.start(SandboxSettings.standard().withClock(() -> now));
    sandbox.create("home");
    late("home,room=Kitchen temp=1,co=1i ", 1);
    now = SECOND;
    Job elsewhere = job.from(job("retries: 0").source());

    List<Outcome> refused = settledSince(elsewhere);

    assertThat(refused).hasSize(1).allMatch(Outcome.Failed.class::isInstance);
    assertThat(revisited).isEqualTo(refused);
    assertThat(((Outcome.Failed) refused.get(0)).failure().sentence()).contains("1 rows", "guard");
    assertThat(settledSince(elsewhere)).as("not asked again at once").isEmpty();
  }

  @Test
  void filesThatARivalReplacedAreNotCalledLost() throws Exception {
    Job job = job("partition_by: [room]");
    hows(job);
    late("home,room=Kitchen temp=99 ", 30);
    now = SECOND;
    List<How> rival = new ArrayList<>();
    HookedDestination.Hook replaceBeforeTheRead =
        point -> {
          if (point.equals("before open") && rival.isEmpty()) {
            rival.addAll(unchecked(() -> hows(job)));
          }
        };

    try (Memory memory = new Memory(64L << 20);
        BatchSource source = FlightSource.open(job.source(), secret -> "", memory);
        Destination lake =
            new HookedDestination(
                LocalDestination.open(job.target().destination()), replaceBeforeTheRead)) {
      Ledger ledger = Ledger.of(lake, job.name(), () -> now);
      Comparison comparison = new Comparison(job, source, lake, ledger, kit(memory));
      assertThatThrownBy(() -> comparison.of(WINDOW))
          .asInstanceOf(type(Failure.class))
          .returns(Failure.Kind.TRY_AGAIN, Failure::kind)
          .extracting(Failure::sentence, STRING)
          .contains("another writer has replaced its generation 1 meanwhile");
    }
    assertThat(rival).containsExactly(How.REPLACED);
  }

  private static <T> T unchecked(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void late(String fields, int minute) throws Exception {
    long second = WINDOW.start().getEpochSecond() + 60L * minute;
    sandbox.load("home", fields + second, TimeUnit.SECONDS);
  }

  private Job job(String more) throws Exception {
    return Definition.only(
        folder,
        Definition.hourly(sandbox.url(), folder.resolve("lake"))
                .replace("start: 2022-01-01}", "start: 2022-01-01T20:00:00Z}")
                .replace("catchup: 3d", "catchup: none")
                .replace("retries: 0", more)
            + "    revisit: [2h]\n");
  }

  private List<How> hows(Job job) throws Exception {
    return pass(job).stream().map(Outcome.Settled::how).toList();
  }

  /** What another pass at the same instant does about this window. */
  private List<Outcome> settledSince(Job job) throws Exception {
    return report(job).outcomes().stream()
        .filter(outcome -> outcome.window().equals(WINDOW))
        .toList();
  }

  private List<Outcome.Settled> pass(Job job) throws Exception {
    PassReport report = report(job);
    assertThat(report.refusals()).isEmpty();
    return report.outcomes().stream()
        .filter(outcome -> outcome.window().equals(WINDOW))
        .map(Outcome.Settled.class::cast)
        .toList();
  }

  private PassReport report(Job job) throws Exception {
    try (Memory memory = new Memory(64L << 20);
        BatchSource source = FlightSource.open(job.source(), secret -> "", memory);
        Destination lake = LocalDestination.open(job.target().destination())) {
      Kit kit = kit(memory);
      Lane lane = Lane.of(job, source, lake, Ledger.of(lake, job.name(), kit.clock()), kit);
      RunListener listener =
          new RunListener() {
            @Override
            public void drifted(JobName name, Window window, Drift drift) {
              drifts.add(drift);
            }

            @Override
            public void revisited(Outcome outcome) {
              revisited.add(outcome);
            }
          };
      return new Pass(kit, new Pass.Limits(1, 1, Optional.empty()), new StopSignal(), listener)
          .run(List.of(lane), Order.DUE);
    }
  }

  private Kit kit(Memory memory) {
    return new Kit(memory, () -> now, () -> "attempt" + System.nanoTime(), "test");
  }
}
