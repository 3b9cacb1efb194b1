package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tributary.job.Job;
import dev.tributary.query.Memory;
import dev.tributary.testing.Counts;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whatever became of a job's windows, its readers see what they were promised. */
class HistoriesTest {

  private static final long SEED = 20_260_301;

  private final Logger program = (Logger) LoggerFactory.getLogger("dev.tributary");

  private Path folder;

  @BeforeEach
  void hush(@TempDir Path empty) {
    folder = empty;
    program.setLevel(Level.ERROR);
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
    int deaths = 0;
    int rivals = 0;
    int unchanged = 0;
    int replaced = 0;
    try (Memory memory = new Memory(64L << 20);
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      for (long seed = SEED; seed < SEED + seeds; seed++) {
        RandomHistory history = new RandomHistory(seed, job, folder, duckdb, memory);
        try {
          history.live(25);
        } catch (AssertionError e) {
          throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        deaths += history.deaths();
        rivals += history.rivals();
        unchanged += history.unchanged();
        replaced += history.replaced();
      }
    }
    System.out.printf(
        "%d histories, %d deaths, %d rivals, %d late windows found, %d found unchanged%n",
        seeds, deaths, rivals, replaced, unchanged);
    assertThat(deaths).as("writers that died").isGreaterThan(seeds);
    assertThat(rivals).as("writers that came in between").isGreaterThan(seeds);
    assertThat(replaced).as("revisits that found late rows").isGreaterThan(seeds);
    assertThat(unchanged).as("revisits that found nothing").isGreaterThan(seeds);
  }
}
