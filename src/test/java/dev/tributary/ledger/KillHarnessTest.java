package dev.tributary.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.land.ChildProcess;
import dev.tributary.land.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes race on the same windows and are killed at random, again and again. */
class KillHarnessTest {

  private static final int KILLS =
      "full".equals(System.getProperty("tributary.test.counts")) ? 500 : 20;
  private static final int WINDOWS = 24;

  private final Path folder;

  KillHarnessTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void noKillLosesDoublesOrTearsAWindow() throws Exception {
    long seed = Long.getLong("tributary.test.seed", 20_261_122);
    Random random = new Random(seed);
    int kills = 0;
    for (int round = 0; kills < KILLS; round++) {
      Path prefix = folder.resolve("careful" + round);
      kills += raceAndKill(prefix, random, "careful");
      String place = "seed " + seed + ", round " + round;
      assertThat(violations(prefix)).as(place).isEmpty();

      finish(prefix, "careful");
      assertThat(violations(prefix)).as(place).isEmpty();
      assertThat(gaps(prefix)).as(place).isEmpty();
    }
  }

  @Test
  void whoWritesStraightToTheFinalNamesIsFoundOut() throws Exception {
    Random random = new Random(7);
    int violations = 0;
    for (int round = 0; round < 10 && violations == 0; round++) {
      Path prefix = folder.resolve("careless" + round);
      raceAndKill(prefix, random, "careless");
      violations += violations(prefix).size();
      finish(prefix, "careless");
      violations += violations(prefix).size();
    }
    assertThat(violations).isPositive();
  }

  private static int raceAndKill(Path prefix, Random random, String manner) throws Exception {
    try (ChildProcess left = child(prefix, "left", manner);
        ChildProcess right = child(prefix, "right", manner)) {
      killAfter(left, random);
      killAfter(right, random);
    }
    return 2;
  }

  private static void killAfter(ChildProcess child, Random random) throws Exception {
    int windows = random.nextInt(WINDOWS / 2);
    for (int i = 0; i <= windows; i++) {
      child.line();
    }
    long until = System.nanoTime() + random.nextInt(8_000_000);
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    child.kill();
  }

  private static void finish(Path prefix, String manner) throws Exception {
    try (ChildProcess child = child(prefix, "last", manner)) {
      String line = child.line();
      String last = "";
      while (line != null) {
        last = line;
        line = child.line();
      }
      assertThat(last).isEqualTo("done");
      assertThat(child.await()).isZero();
    }
  }

  /** Which data binding needs, though nothing of ours names it. */
  private static Class<?> annotations() {
    try {
      return Class.forName("com.fasterxml.jackson.annotation.JsonProperty");
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static ChildProcess child(Path prefix, String name, String manner) throws IOException {
    String unique = name + "-" + System.nanoTime();
    return ChildProcess.start(
        KillTarget.class,
        List.of(ObjectMapper.class, JsonFactory.class, annotations()),
        prefix.toString(),
        "" + WINDOWS,
        unique,
        manner);
  }

  /** Files that are not whole, receipts that lie, and names that nobody should see. */
  private static List<String> violations(Path prefix) throws Exception {
    List<String> found = new ArrayList<>();
    Destination destination = KillTarget.open(prefix);
    Ledger ledger = Ledger.of(destination, ManifestSamples.JOB, InstantSource.system());
    for (int i = 0; i < WINDOWS; i++) {
      Optional<byte[]> there = destination.read(KillTarget.key(i));
      if (there.isPresent() && !isWhole(i, there.get())) {
        found.add("window " + i + " is torn");
      }
      Optional<Manifest> newest = ledger.newest(ManifestSamples.hour(i));
      if (newest.isPresent() && !isTrue(newest.get(), i, there)) {
        found.add("the manifest of window " + i + " lies");
      }
    }
    try (Stream<Path> files = Files.walk(prefix)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(prefix.resolve("_tributary")))
          .filter(file -> !file.toString().matches(".*/data/w\\d+\\.csv"))
          .forEach(file -> found.add(file + " is visible"));
    }
    return found;
  }

  private static boolean isWhole(int number, byte[] bytes) {
    try {
      KillTarget.Stamp stamp = KillTarget.Stamp.of(bytes);
      byte[] expected = KillTarget.content(number, stamp.generation(), stamp.attempt());
      return Arrays.equals(bytes, expected);
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }

  private static boolean isTrue(Manifest manifest, int number, Optional<byte[]> there) {
    if (there.isEmpty()) {
      return false;
    }
    String text = new String(there.get(), UTF_8);
    int generation = manifest.attempt().generation();
    // a replacement may be published and not yet receipted
    return manifest.files().get(0).sha256().equals(KillTarget.sha256(there.get()))
        || (generation < KillTarget.generations(number) && text.startsWith((generation + 1) + " "));
  }

  /** What is missing, left over or under way once all is done. */
  private static List<String> gaps(Path prefix) throws Exception {
    List<String> found = new ArrayList<>();
    Destination destination = KillTarget.open(prefix);
    Ledger ledger = Ledger.of(destination, ManifestSamples.JOB, InstantSource.system());
    for (int i = 0; i < WINDOWS; i++) {
      Optional<Manifest> newest = ledger.newest(ManifestSamples.hour(i));
      int generation = newest.map(manifest -> manifest.attempt().generation()).orElse(0);
      if (generation != KillTarget.generations(i)) {
        found.add("window " + i + " is at generation " + generation);
      }
    }
    if (ledger.history().committed().size() != WINDOWS) {
      found.add("history is incomplete");
    }
    ledger.pendingIntents().forEach(intent -> found.add(intent + " is left"));
    destination.sweep();
    try (Stream<Path> files = Files.list(prefix.resolve("_tributary/staging"))) {
      files
          .filter(file -> file.toString().endsWith(".tmp"))
          .forEach(file -> found.add(file + " is left"));
    }
    return found;
  }
}
