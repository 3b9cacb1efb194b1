package dev.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tributary.job.Job;
import dev.tributary.testing.Counts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    List<Callable<Long>> years = new ArrayList<>();
    for (int round = 0; round < Counts.of(6, 1_000); round++) {
      long seed = SEED + round;
      years.add(() -> settlesWhatIsDue(seed));
    }
    assertThat(side(years)).doesNotHaveDuplicates();
  }

  private long settlesWhatIsDue(long seed) throws Exception {
    try (Year year = new Year(seed, folder.resolve("y" + seed), ZONES)) {
      year.live();
      assertThat(year.hurried()).as("asked too early; seed %d", seed).isFalse();
      for (Job job : year.jobs()) {
        assertThat(year.committed(job.name()))
            .as("seed %d, %s at %s", seed, job, year.now())
            .containsExactlyInAnyOrderElementsOf(SimulatedJobs.expected(job, year.now()));
      }
    }
    return seed;
  }

  @Test
  void theSameSeedIsTheSameYearToTheLastEvent() throws Exception {
    List<List<String>> twice = side(List.of(() -> events("first"), () -> events("second")));
    assertThat(twice.get(0)).hasSizeGreaterThan(300).isEqualTo(twice.get(1));
  }

  /** Lives years side by side, one a processor: each has its own world and its own chances. */
  private static <T> List<T> side(List<Callable<T>> years) throws Exception {
    ExecutorService lives =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<T> lived = new ArrayList<>();
      for (Future<T> year : lives.invokeAll(years)) {
        lived.add(year.get());
      }
      return lived;
    } finally {
      lives.shutdownNow();
    }
  }

  private List<String> events(String name) throws Exception {
    try (Year year = new Year(SEED, folder.resolve(name), ZONES)) {
      year.live();
      return year.events();
    }
  }
}
