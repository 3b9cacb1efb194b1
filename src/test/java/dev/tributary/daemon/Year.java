package dev.tributary.daemon;

import dev.tributary.definition.Definitions;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.land.InMemoryDestination;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.Manifests;
import dev.tributary.query.Memory;
import dev.tributary.run.HookedDestination;
import dev.tributary.run.Kit;
import dev.tributary.run.Lane;
import dev.tributary.run.Outcome;
import dev.tributary.run.Rounds;
import dev.tributary.run.RunListener;
import dev.tributary.run.SourceClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A year of a daemon's life in one thread, every chance drawn from one seed: its clock jumps, it is
 * killed and comes back hours later, source and store fail, and work is done in any order.
 */
final class Year implements AutoCloseable {

  /** Thrown where the process is killed. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super(null, null, false, false);
    }
  }

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LENGTH = Duration.ofDays(365);

  private final Random random;
  private final Memory memory = new Memory(256L << 20);
  private final InMemoryDestination store = new InMemoryDestination();
  private final YearOfWeather source;
  private final List<Job> jobs;
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private Duration ahead = Duration.ZERO;
  private double storeFaults;
  private double kills;
  private Roster roster;
  private int attempts;

  Year(long seed, Path folder, List<String> zones) throws Exception {
    this.random = new Random(seed);
    this.source = new YearOfWeather(BEGIN, new Random(seed + 1), memory.allocator());
    Definitions definitions = SimulatedJobs.write(folder, random, zones);
    this.jobs = definitions.jobs();
    this.roster = daemon();
  }

  private Roster daemon() {
    tasks.clear();
    InstantSource ours = () -> source.now.plus(ahead);
    Kit kit = new Kit(memory, ours, () -> "attempt-" + attempts++, "test");
    RunListener listener =
        new RunListener() {
          @Override
          public void ended(Outcome outcome) {
            events.add(
                source.now
                    + " "
                    + outcome.job()
                    + " "
                    + outcome.window()
                    + " "
                    + outcome.getClass().getSimpleName());
          }
        };
    SourceClock clock =
        new SourceClock(
            kit,
            Duration.ofMinutes(1),
            () -> Duration.between(BEGIN, source.now).toNanos(),
            listener);
    Rounds rounds = new Rounds(kit, clock, random, listener);
    Crew crew = new Crew(lanes(kit), kit, rounds, tasks::add, tasks::add, random, this::waited);
    Roster daemon = new Roster(crew, Ticks.NONE);
    JobSet set =
        new JobSet(
            jobs,
            Set.of(),
            List.of(),
            new JobSet.Limits(3, 2),
            new JobSet.Pace(Duration.ofMinutes(1), Duration.ZERO));
    daemon.assign(new Staff().posts(set, daemon), set);
    return daemon;
  }

  /** A pause between two tries: time goes by. */
  private boolean waited(Duration pause) {
    source.now = source.now.plus(pause);
    return false;
  }

  private Lanes lanes(Kit kit) {
    return new Lanes() {
      @Override
      public Lane lane(Job job) throws Failure {
        mayFail("open");
        HookedDestination destination = new HookedDestination(store, Year.this::mayFail);
        return Lane.of(
            job, source, destination, Ledger.of(destination, job.name(), kit.clock()), kit);
      }

      @Override
      public void keepOnly(Collection<Job> kept) {}

      @Override
      public void hangUp() {}
    };
  }

  private void mayFail(String point) throws Failure {
    if (point.equals("after lock")) {
      // a lock that was not had is not held, and one of a process that was killed is gone
      return;
    }
    if (random.nextDouble() < kills) {
      throw new Killed();
    }
    if (random.nextDouble() < storeFaults) {
      throw new Failure(Failure.Kind.CANNOT_WRITE, "cannot use the store: it is out of sorts");
    }
  }

  /** Lives through the year, and then in peace until nothing is left to do. */
  void live() {
    while (source.now.isBefore(BEGIN.plus(LENGTH))) {
      source.faults = random.nextInt(10) == 0 ? 0.9 : 0.02;
      storeFaults = random.nextInt(20) == 0 ? 0.3 : 0.002;
      kills = random.nextInt(20) == 0 ? 0.05 : 0;
      jump();
      pass(Duration.ofMinutes(1 + random.nextInt(random.nextInt(20) == 0 ? 6000 : 600)));
      if (random.nextInt(10) == 0) {
        store.loseAnswers(1);
      }
      round();
    }
    source.faults = 0;
    storeFaults = 0;
    kills = 0;
    ahead = Duration.ZERO;
    store.loseAnswers(0);
    for (int quiet = 0; quiet < 60; quiet++) {
      pass(Duration.ofHours(1));
      round();
    }
  }

  private void jump() {
    switch (random.nextInt(40)) {
      case 0 -> ahead = Duration.ofMinutes(random.nextInt(120) - 60);
      case 1 -> ahead = Duration.ofHours(random.nextInt(48) - 24);
      case 2, 3, 4 -> ahead = Duration.ZERO;
      default -> {}
    }
  }

  private void pass(Duration time) {
    source.now = source.now.plus(time);
  }

  /** One look at all jobs, and everything that follows from it, in any order. */
  private void round() {
    try {
      roster.reconcile();
      for (int done = 0; !tasks.isEmpty() && done < 5_000; done++) {
        tasks.remove(random.nextInt(tasks.size())).run();
      }
    } catch (Killed killed) {
      pass(Duration.ofMinutes(random.nextInt(3_000)));
      roster = daemon();
    }
  }

  List<Job> jobs() {
    return jobs;
  }

  Instant now() {
    return source.now;
  }

  /** Whether a window was asked for before it had ended. */
  boolean hurried() {
    return source.early.get();
  }

  /** Everything that happened, in order. */
  List<String> events() {
    return events;
  }

  /** The windows that have a manifest, with its generation and rows. */
  List<String> committed(JobName job) throws Failure {
    List<String> committed = new ArrayList<>();
    Manifests manifests = Ledger.of(store, job, InstantSource.fixed(source.now)).manifests();
    for (Optional<Manifest> next = manifests.next(); next.isPresent(); next = manifests.next()) {
      Attempt attempt = next.orElseThrow().attempt();
      long rows = next.orElseThrow().content().rows();
      committed.add(describe(attempt.window(), attempt.generation(), rows));
    }
    return committed;
  }

  static String describe(Window window, int generation, long rows) {
    return window + " g" + generation + " " + rows + " rows";
  }

  @Override
  public void close() {
    memory.close();
  }
}
