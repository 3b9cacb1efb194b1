package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Counts;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes race over the same windows and are killed at random, again and again. */
class KillRacesTest {

  private static final Instant NOW = Instant.parse("2022-01-02T00:10:00Z");
  private static final int WINDOWS = 24;
  private static final int WINDOWS_WITH_ROWS = 13;
  private static final long SEED = 20220101;
  private static final int LONGEST_AT_WORK_MILLIS = 300;

  private static Sandbox sandbox;

  /**
   * Kills in one lake.
   *
   * @param amidWork those that left some windows settled and some open
   */
  private record Kills(int all, int amidWork) {}

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard().withClock(InstantSource.fixed(NOW)));
    sandbox.loadHome("home");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void killedRacersLoseNothingDoubleNothingAndLeaveNoPartialFile(@TempDir Path folder)
      throws Exception {
    Random random = new Random(SEED);
    int wanted = Counts.of(12, 500);
    int kills = 0;
    int rounds = 0;
    int amidWork = 0;
    while (kills < wanted) {
      Path round = folder.resolve("round-" + rounds++);
      Path lake = round.resolve("lake");
      Definition.read(round, Definition.hourly(sandbox.url(), lake));
      List<String> arguments = List.of(round.toString(), NOW.toString(), "0");
      Kills ofRound = killUntilDone(arguments, random, wanted - kills, new Lake(lake));
      kills += ofRound.all();
      amidWork += ofRound.amidWork();
      Lake result = new Lake(lake);
      assertThat(result.violations()).as("seed %d, round %d", SEED, rounds).isEmpty();
      assertThat(result.receipts()).as("seed %d, round %d", SEED, rounds).hasSize(WINDOWS);
      assertThat(
              Lake.number("SELECT count(*) FROM read_parquet('" + lake + "/climate/**/*.parquet')"))
          .isEqualTo(26);
      assertThat(filesWithRows(result)).isEqualTo(WINDOWS_WITH_ROWS);
    }
    System.out.printf(
        "%d kills, %d of them amid the windows, in %d lakes: 0 violations%n",
        kills, amidWork, rounds);
    assertThat(amidWork).as("kills after the first and before the last window").isPositive();
  }

  @Test
  void killedRacersLeaveEveryWindowOfSeveralFilesWhole(@TempDir Path folder) throws Exception {
    Random random = new Random(SEED);
    int wanted = Counts.of(8, 250);
    int kills = 0;
    for (int rounds = 0; kills < wanted; rounds++) {
      Path round = folder.resolve("round-" + rounds);
      Path lake = round.resolve("lake");
      Definition.read(
          round,
          Definition.hourly(sandbox.url(), lake).stripTrailing() + "\n    partition_by: room\n");
      List<String> arguments = List.of(round.toString(), NOW.toString(), "0");
      kills += killUntilDone(arguments, random, wanted - kills, new Lake(lake)).all();
      Lake result = new Lake(lake);
      String told = "seed " + SEED + ", round " + rounds;
      assertThat(result.violations()).as(told).isEmpty();
      assertThat(result.receipts()).as(told).hasSize(WINDOWS);
      assertThat(result.visible()).as(told).isEqualTo(result.newestFiles()).hasSize(26);
      assertThat(result.intents()).as(told).isEmpty();
      assertThat(
              Lake.number(
                  "SELECT count(DISTINCT (room, time)) FROM read_parquet('"
                      + lake
                      + "/climate/**/*.parquet', hive_partitioning = true)"))
          .as(told)
          .isEqualTo(26);
    }
  }

  /** The harness has teeth: a writer that writes to the final name is caught. */
  @Test
  void aWriterThatWritesToTheFinalNameIsCaught(@TempDir Path folder) throws Exception {
    Random random = new Random(SEED);
    Path good = folder.resolve("good");
    Definition.read(good, Definition.hourly(sandbox.url(), good.resolve("lake")));
    try (ChildJvm child =
        ChildJvm.start(WriterProcess.class, List.of(good.toString(), NOW.toString(), "0"))) {
      assertThat(child.await()).as(child.printed()).isZero();
    }
    Path sample = new Lake(good.resolve("lake")).visible().get(9);
    int caught = 0;
    for (int round = 0; round < Counts.of(6, 30) && caught == 0; round++) {
      Path lake = folder.resolve("naive-" + round);
      Files.createDirectories(lake);
      try (ChildJvm child =
          ChildJvm.start(NaiveWriter.class, List.of(sample.toString(), lake.toString()))) {
        child.endsWithin(200 + random.nextInt(600));
        child.kill();
      }
      caught += new Lake(lake).violations().isEmpty() ? 0 : 1;
    }
    assertThat(caught).as("rounds in which the naive writer was caught").isPositive();
  }

  private static long filesWithRows(Lake lake) throws Exception {
    long files = 0;
    for (Path file : lake.visible()) {
      files += Lake.rows(file) > 0 ? 1 : 0;
    }
    return files;
  }

  /** Kills pairs of racers at work until the work is done or enough were killed. */
  private static Kills killUntilDone(List<String> arguments, Random random, int most, Lake lake)
      throws Exception {
    int kills = 0;
    int amidWork = 0;
    while (kills < most && lake.receipts().size() < WINDOWS) {
      try (ChildJvm one = ChildJvm.start(WriterProcess.class, arguments);
          ChildJvm other = ChildJvm.start(WriterProcess.class, arguments)) {
        one.awaitWords(WriterProcess.WORKING);
        other.awaitWords(WriterProcess.WORKING);
        one.endsWithin(random.nextInt(LONGEST_AT_WORK_MILLIS));
        int killed = (one.killIfAlive() ? 1 : 0) + (other.killIfAlive() ? 1 : 0);
        int settled = lake.receipts().size();
        kills += killed;
        amidWork += settled > 0 && settled < WINDOWS ? killed : 0;
      }
    }
    try (ChildJvm last = ChildJvm.start(WriterProcess.class, arguments)) {
      assertThat(last.await()).as(last.printed()).isZero();
    }
    return new Kills(kills, amidWork);
  }
}
