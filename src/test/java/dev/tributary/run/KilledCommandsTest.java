package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.Main;
import dev.tributary.run.RepublishedLake.Command;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Counts;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that publishes again, killed in the midst of its work: revisits, {@code backfill
 * --replace} and {@code --stale}, {@code verify --repair}, {@code skip}. First publications have
 * {@link KillRacesTest}.
 */
class KilledCommandsTest {

  private static final long SEED = 20260501;

  private final Random random = new Random(SEED);
  private final Map<Command, Integer> kills = new EnumMap<>(Command.class);

  /** About how long each command goes on after its first trace; learned, for machines differ. */
  private final Map<Command, Double> spans = new EnumMap<>(Command.class);

  private Sandbox sandbox;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.create("home");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void aKilledCommandLeavesWholeFilesAndTheNextOneCompletesIt(@TempDir Path folder)
      throws Exception {
    RepublishedLake lake = new RepublishedLake(folder, sandbox, random);
    int wanted = Counts.of(10, 500);
    int rounds = 0;
    Deque<Command> turns = new ArrayDeque<>();
    for (int killed = 0; killed < wanted; rounds++) {
      assertThat(rounds).as("rounds for " + killed + " kills").isLessThan(10 * wanted);
      if (turns.isEmpty()) {
        turns.addAll(EnumSet.allOf(Command.class));
      }
      Command command = turns.remove();
      int now = killAtWork(command, lake);
      kills.merge(command, now, Integer::sum);
      killed += now;
      try {
        if (command != Command.REPAIR) {
          lake.judgeFiles();
        }
        lake.complete(command);
        lake.judge();
      } catch (AssertionError e) {
        String when = "seed %d, round %d, %s: ".formatted(SEED, rounds, command);
        throw new AssertionError(when + e.getMessage(), e);
      }
    }
    lake.verify();
    System.out.printf("%s kills amid work in %d rounds: 0 violations%n", kills, rounds);
    assertThat(kills).containsOnlyKeys(Command.values());
  }

  /** Kills a process or two racers, some time after the first trace; gives how many still ran. */
  private int killAtWork(Command command, RepublishedLake lake) throws Exception {
    List<String> arguments = lake.prepared(command);
    long before = lake.trace();
    List<ChildJvm> racers = new ArrayList<>();
    try {
      for (int racer = random.nextInt(3) == 0 ? 0 : 1; racer < 2; racer++) {
        racers.add(ChildJvm.start(Main.class, arguments));
      }
      ChildJvm first = racers.get(0);
      while (lake.trace() == before && !first.endsWithin(2)) {
        // nothing yet
      }
      double span = spans.getOrDefault(command, 100.0);
      boolean ended = first.endsWithin((long) (random.nextDouble() * span));
      spans.put(command, ended ? span * 0.8 : span * 1.1);
      int killed = 0;
      for (ChildJvm racer : racers) {
        killed += racer.killIfAlive() ? 1 : 0;
      }
      return killed;
    } finally {
      racers.forEach(ChildJvm::close);
    }
  }

  /** The judge has teeth: what a naive replacement leaves when it is killed is found. */
  @Test
  void aFileThatIsWrittenInItsPlaceIsCaught(@TempDir Path folder) throws Exception {
    RepublishedLake lake = new RepublishedLake(folder, sandbox, random);
    lake.judge();

    lake.prepared(Command.REPAIR);

    assertThatThrownBy(lake::judge).isInstanceOf(AssertionError.class);
  }
}
