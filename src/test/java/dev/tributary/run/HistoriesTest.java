package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tributary.job.Job;
import dev.tributary.query.Memory;
import dev.tributary.testing.Counts;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whatever became of a job's windows, its readers see what they were promised. */
class HistoriesTest {

  private static final long SEED = 20_260_301;

  /** Lives at once; each is one thread at a time. */
  private static final int LANES = 2;

  private final Logger program = (Logger) LoggerFactory.getLogger("dev.tributary");

  private Path folder;

  @BeforeEach
  void hush(@TempDir Path empty) {
    folder = empty;
    // each death is logged, as a mistake of ours would be
    program.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    program.setLevel(null);
  }

  @Test
  void readersSeeEachWindowWholeWhateverWritersDo() throws Exception {
    live("", Counts.of(12, 1_000));
  }

  @Test
  void readersByManifestSeeEachWindowOfSeveralFilesWholeWhateverWritersDo() throws Exception {
    live("partition_by: room", Counts.of(8, 1_000));
  }

  private void live(String keys, int seeds) throws Exception {
    Job job =
        Definition.only(
            folder,
            """
            sources:
              plant: {url: 'grpc://127.0.0.1:1'}
            destinations:
              lake: {url: 'file:///lake'}
            jobs:
              climate:
                source: plant
                bucket: home
                sql: SELECT time, room, edition FROM home WHERE time >= $start AND time < $end
                window: {every: 1h, delay: 0s, start: '%s', bin: none}
                retries: 0
                revisit: [2h, 5h]
                destination: {to: lake}
                %s
            """
                .formatted(RandomHistory.BEGIN, keys));
    Tally all = Tally.NONE;
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try (Memory memory = new Memory(64L << 20)) {
      List<Future<Tally>> tallies = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        long first = SEED + lane;
        tallies.add(lanes.submit(() -> lives(job, first, SEED + seeds, memory)));
      }
      for (Future<Tally> tally : tallies) {
        all = all.and(tally.get());
      }
    } finally {
      lanes.shutdownNow();
      assertThat(lanes.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
    System.out.printf(
        "%d histories, %d deaths, %d rivals, %d late windows found, %d found unchanged%n",
        seeds, all.deaths(), all.rivals(), all.replaced(), all.unchanged());
    assertThat(all.deaths()).as("writers that died").isGreaterThan(seeds);
    assertThat(all.rivals()).as("writers that came in between").isGreaterThan(seeds);
    assertThat(all.replaced()).as("revisits that found late rows").isGreaterThan(seeds);
    assertThat(all.unchanged()).as("revisits that found nothing").isGreaterThan(seeds);
  }

  /** Every so manieth life, for one thread and one reader of its own. */
  private Tally lives(Job job, long first, long end, Memory memory) throws Exception {
    Path files = Files.createDirectory(folder.resolve("lane-" + first));
    Tally tally = Tally.NONE;
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement settings = duckdb.createStatement()) {
      settings.execute("SET threads TO 1");
      for (long seed = first; seed < end; seed += LANES) {
        RandomHistory history = new RandomHistory(seed, job, files, duckdb, memory);
        try {
          history.live(25);
        } catch (AssertionError e) {
          throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        tally = tally.and(Tally.of(history));
      }
    }
    return tally;
  }

  /** What happened in some lives. */
  private record Tally(int deaths, int rivals, int unchanged, int replaced) {

    static final Tally NONE = new Tally(0, 0, 0, 0);

    static Tally of(RandomHistory history) {
      return new Tally(history.deaths(), history.rivals(), history.unchanged(), history.replaced());
    }

    Tally and(Tally more) {
      return new Tally(
          deaths + more.deaths,
          rivals + more.rivals,
          unchanged + more.unchanged,
          replaced + more.replaced);
    }
  }
}
