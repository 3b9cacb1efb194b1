package dev.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.land.InMemoryDestination;
import dev.tributary.ledger.Ledger;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import dev.tributary.query.Memory;
import dev.tributary.run.Kit;
import dev.tributary.run.Lane;
import dev.tributary.run.Rounds;
import dev.tributary.run.RunListener;
import dev.tributary.run.SourceClock;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Two hundred jobs whose one source is down for a while. */
class DeadSourceTest {

  private static final int JOBS = 200;
  private static final Instant BEGIN = Instant.parse("2026-03-01T01:00:00Z");

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private Instant now = BEGIN;
  private boolean dead = true;
  private int calls;

  @Test
  void aDeadSourceIsLeftAloneAndEverythingFollowsOnceItAnswers(@TempDir Path folder)
      throws Exception {
    Logger daemon = (Logger) LoggerFactory.getLogger("dev.tributary");
    daemon.setLevel(Level.ERROR);
    try (Memory memory = new Memory(64L << 20)) {
      YearOfWeather weather = new YearOfWeather(now, new Random(1), memory.allocator());
      Roster roster = roster(Definition.read(folder, yaml()), memory, weather);
      live(roster, weather, Duration.ofHours(2));
      // three failures, and then a probe every five minutes at most, each with one try
      assertThat(calls).isBetween(10, 60);
      dead = false;
      live(roster, weather, Duration.ofMinutes(20));
      assertThat(roster.each(post -> post.history().orElseThrow().committed().size()))
          .hasSize(JOBS)
          .containsOnly(1);
    } finally {
      daemon.setLevel(null);
    }
  }

  private void live(Roster roster, YearOfWeather weather, Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(60)) {
      weather.now = now;
      roster.reconcile();
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    }
  }

  private Roster roster(Definitions definitions, Memory memory, YearOfWeather weather) {
    InstantSource clock = () -> now;
    Kit kit = new Kit(memory, clock, () -> "attempt-" + calls + "-" + tasks.size(), "test");
    SourceClock source =
        new SourceClock(
            kit,
            Duration.ofMinutes(1),
            () -> Duration.between(BEGIN, now).toNanos(),
            RunListener.NONE);
    Random random = new Random(2);
    Rounds rounds = new Rounds(kit, source, random, RunListener.NONE);
    Crew crew =
        new Crew(lanes(kit, weather), kit, rounds, tasks::add, tasks::add, random, p -> false);
    Roster roster = new Roster(crew, Ticks.NONE);
    JobSet set =
        new JobSet(
            definitions.jobs(),
            Set.of(),
            List.of(),
            new JobSet.Limits(4, 1),
            new JobSet.Pace(Duration.ofMinutes(1), Duration.ZERO));
    roster.assign(new Staff().posts(set, roster), set);
    return roster;
  }

  private Lanes lanes(Kit kit, YearOfWeather weather) {
    InMemoryDestination store = new InMemoryDestination();
    BatchSource source =
        new BatchSource() {
          @Override
          public BatchStream open(Request request) throws Failure {
            called();
            return weather.open(request);
          }

          @Override
          public Instant now(String bucket) throws Failure {
            called();
            return weather.now(bucket);
          }

          @Override
          public void close() {}
        };
    return new Lanes() {
      @Override
      public Lane lane(Job job) {
        return Lane.of(job, source, store, Ledger.of(store, job.name(), kit.clock()), kit);
      }

      @Override
      public void keepOnly(Collection<Job> jobs) {}

      @Override
      public void hangUp() {}
    };
  }

  private void called() throws Failure {
    calls++;
    if (dead) {
      throw new Failure(Failure.Kind.UNREACHABLE, "cannot reach the weather: nobody answers");
    }
  }

  private static String yaml() {
    StringBuilder yaml =
        new StringBuilder(
            """
            sources:
              weather: {url: 'grpc://127.0.0.1:1', max_queries: 4}
            destinations:
              lake: {url: 'file:///lake'}
            jobs:
            """);
    for (int number = 0; number < JOBS; number++) {
      yaml.append(
          """
            job-%d:
              source: weather
              bucket: home
              sql: SELECT time, v FROM home WHERE time >= $start AND time < $end
              window: {every: 1d, start: 2026-02-28, bin: none}
              destination: {to: lake}
          """
              .formatted(number));
    }
    return yaml.toString();
  }
}
