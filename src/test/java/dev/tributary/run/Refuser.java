package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.tributary.sandbox.CpuSample;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Jobs over a month of rows at a real server that can be told to refuse much at once, over Arrow
 * Flight; and what was cut.
 */
final class Refuser implements AutoCloseable {

  static final Instant NOW = Instant.parse("2022-05-01T06:00:00Z");
  static final Window APRIL =
      new Window(Instant.parse("2022-04-01T00:00:00Z"), Instant.parse("2022-05-01T00:00:00Z"));
  static final SandboxSettings HEALTHY =
      SandboxSettings.standard().withClock(InstantSource.fixed(NOW));

  /** Three days of the month. */
  static final SandboxSettings FILES = HEALTHY.withFileLimit(72, Duration.ofHours(1));

  static final String SQL =
      "sql: SELECT DATE_BIN(INTERVAL '1 hour', time) AS time, host, max(usage_user) AS top,"
          + " sum(processes) AS processes FROM cpu WHERE time >= $start AND time < $end"
          + " GROUP BY 1, host ORDER BY 1, host";
  static final String RAW =
      "sql: SELECT time, host, usage_user, processes FROM cpu"
          + " WHERE time >= $start AND time < $end ORDER BY time, host";
  static final String INFLUXQL =
      "influxql: SELECT max(usage_user) AS top, sum(processes) AS processes FROM cpu"
          + " WHERE time >= $start AND time < $end GROUP BY time(1h), host fill(none)";

  final Sandbox sandbox;
  final List<Window> cuts = new ArrayList<>();
  final List<Failure> refusals = new ArrayList<>();
  private final Path folder;

  private Refuser(Sandbox sandbox, Path folder) {
    this.sandbox = sandbox;
    this.folder = folder;
  }

  /**
   * @param folder for definitions and lakes
   */
  static Refuser start(Path folder) throws Exception {
    Sandbox sandbox = Sandbox.start(HEALTHY);
    sandbox.loadCpu(
        "home", new CpuSample(3, APRIL.start(), Duration.ofDays(30), Duration.ofMinutes(10), 7));
    return new Refuser(sandbox, folder);
  }

  @Override
  public void close() {
    sandbox.close();
  }

  /** Remembers every cut. */
  class Cuts implements RunListener {
    @Override
    public void split(JobName job, Window window, Window earlier, Window later, Failure refusal) {
      assertThat(earlier.end()).isEqualTo(later.start());
      cuts.add(earlier);
      refusals.add(refusal);
    }
  }

  /** Something between the pipeline and the server. */
  interface Through {
    BatchSource of(BatchSource source);
  }

  record Rig(Memory memory, BatchSource source, Destination lake, Lane lane)
      implements AutoCloseable {

    Rig(Job job, Through through, Kit kit) throws Failure {
      this(job, through, kit, FlightSource.open(job.source(), secret -> "", kit.memory()));
    }

    private Rig(Job job, Through through, Kit kit, BatchSource source) throws Failure {
      this(job, kit, through.of(source), source, LocalDestination.open(job.target().destination()));
    }

    private Rig(Job job, Kit kit, BatchSource asked, BatchSource source, Destination lake) {
      this(
          kit.memory(),
          source,
          lake,
          Lane.of(job, asked, lake, Ledger.of(lake, job.name(), kit.clock()), kit));
    }

    @Override
    public void close() {
      lake.close();
      source.close();
    }
  }

  static Kit kit() {
    return new Kit(
        new Memory(256L << 20),
        InstantSource.fixed(NOW),
        () -> "attempt" + System.nanoTime(),
        "test");
  }

  Outcome.Settled settled(Job job, Through through) throws Exception {
    return settled(job, through, new Cuts());
  }

  Outcome.Settled settled(Job job, Through through, RunListener listener) throws Exception {
    return settled(job, through, listener, kit());
  }

  static Outcome.Settled settled(Job job, Through through, RunListener listener, Kit kit)
      throws Exception {
    try (Rig rig = new Rig(job, through, kit)) {
      return rig.lane().pipeline().execute(APRIL, Aim.SETTLE, listener);
    }
  }

  Failure failure(Job job, Through through, Kit kit) throws Exception {
    try (Rig rig = new Rig(job, through, kit)) {
      return catchThrowableOfType(
          Failure.class, () -> rig.lane().pipeline().execute(APRIL, Aim.SETTLE, new Cuts()));
    }
  }

  /** A job whose windows are months; {@code bin:} among its keys is the window's. */
  Job job(String lake, String keys) throws Exception {
    String bin = keys.contains("\nbin: none") ? ", bin: none" : "";
    String yaml =
        """
        sources:
          plant: {url: '%s'}
        destinations:
          lake: {url: '%s'}
        jobs:
          cpu:
            source: plant
            bucket: home
            window: {every: 1mo, start: 2022-03-01%s}
            retries: 0
            destination: {to: lake}
            %s
        """
            .formatted(
                sandbox.url(),
                Definition.url(folder.resolve(lake)),
                bin,
                keys.replace("\nbin: none", "").replace("\n", "\n    "));
    return Definition.only(folder.resolve("config-" + lake), yaml);
  }
}
