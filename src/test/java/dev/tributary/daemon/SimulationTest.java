package dev.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tributary.job.Job;
import dev.tributary.testing.Counts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Years of a daemon, each from one seed: whatever happens, all that is due is committed once. */
class SimulationTest {

  private static final long SEED = 20_260;
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "America/Santiago",
          "Africa/Cairo",
          "Asia/Kathmandu",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "America/St_Johns",
          "Asia/Beirut");

  private final Logger daemon = (Logger) LoggerFactory.getLogger("dev.tributary");

  private Path folder;

  @BeforeEach
  void hush(@TempDir Path empty) {
    folder = empty;
    daemon.setLevel(Level.ERROR);
  }

  @AfterEach
  void speak() {
    daemon.setLevel(null);
  }

  @Test
  void whateverAYearBringsWhatIsDueIsCommittedOnceAndNothingElse() throws Exception {
    for (int round = 0; round < Counts.of(6, 1_000); round++) {
      long seed = SEED + round;
      try (Year year = new Year(seed, folder.resolve("y" + round), ZONES)) {
        year.live();
        assertThat(year.hurried()).as("asked too early; seed %d", seed).isFalse();
        for (Job job : year.jobs()) {
          assertThat(year.committed(job.name()))
              .as("seed %d, %s at %s", seed, job, year.now())
              .containsExactlyInAnyOrderElementsOf(SimulatedJobs.expected(job, year.now()));
        }
      }
    }
  }

  @Test
  void theSameSeedIsTheSameYearToTheLastEvent() throws Exception {
    assertThat(events("first")).hasSizeGreaterThan(300).isEqualTo(events("second"));
  }

  private List<String> events(String name) throws Exception {
    try (Year year = new Year(SEED, folder.resolve(name), ZONES)) {
      year.live();
      return year.events();
    }
  }
}
