package dev.tributary.land;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call that a publication makes fails once, or is its process's last. */
class PublishFaultsTest {

  private static final List<ObjectKey> KEYS =
      List.of(
          new ObjectKey("cpu/a.parquet"),
          new ObjectKey("cpu/deep/b.parquet"),
          new ObjectKey("_tributary/cpu/windows/receipt.json"));
  private static final ObjectKey REPLACED = new ObjectKey("cpu/replaced.parquet");

  private final Path folder;

  PublishFaultsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whateverCallFailsNothingPartialIsVisibleAndTheNextRunCompletes() throws Exception {
    for (String reason : List.of("Input/output error", "No space left on device")) {
      int calls = everyCall("failing-" + reason.charAt(0), at -> FaultyDisk.failing(at, reason));
      assertThat(calls).isGreaterThan(40);
    }
  }

  @Test
  void whereverTheProcessDiesNothingPartialIsVisibleAndTheNextRunCompletes() throws Exception {
    assertThat(everyCall("dying", FaultyDisk::dying)).isGreaterThan(40);
  }

  private interface Fault {
    FaultyDisk at(int call);
  }

  private int everyCall(String name, Fault fault) throws Exception {
    for (int at = 1; ; at++) {
      Path prefix = folder.resolve(name + "/" + at);
      put(prefix, FaultyDisk.sound(), REPLACED, "old");
      FaultyDisk disk = fault.at(at);
      boolean ended = attempt(prefix, disk);
      String place = name + " at call " + at + " of " + disk.calls();
      assertThat(ended || disk.struck()).as(place).isTrue();

      assertWhole(prefix, place);
      assertThat(attempt(prefix, FaultyDisk.sound())).as(place).isTrue();
      assertComplete(prefix, place);
      if (!disk.struck()) {
        return at - 1;
      }
    }
  }

  private static boolean attempt(Path prefix, FaultyDisk disk) throws Exception {
    try {
      publish(open(prefix, disk));
      return true;
    } catch (Failure | FaultyDisk.Died e) {
      return false;
    }
  }

  private static void publish(Destination destination) throws Failure {
    destination.sweep();
    Destination.Lock turn = destination.lock(new JobName("cpu"));
    try {
      Optional<StoredObject> old = destination.look(REPLACED);
      if (old.isPresent() && old.get().bytes() == "old".length()) {
        stage(destination, REPLACED, Condition.unchanged(old.get().version()));
      }
      for (ObjectKey key : KEYS) {
        if (destination.look(key).isEmpty()) {
          stage(destination, key, Condition.ABSENT);
        }
      }
    } finally {
      turn.close();
    }
  }

  private static void stage(Destination destination, ObjectKey key, Condition condition)
      throws Failure {
    try (StagedObject staged = destination.stage(key)) {
      try (OutputStream stream = staged.stream()) {
        stream.write(content(key).getBytes(UTF_8));
      } catch (IOException e) {
        throw new Failure(Failure.Kind.CANNOT_WRITE, "cannot write: " + e.getMessage());
      }
      Landing landing = staged.commit(condition);
      // a later object relies on the earlier ones
      assertThat(landing instanceof Landing.Refused).isFalse();
      assertThat(destination.look(key)).isPresent();
    }
  }

  private static void assertWhole(Path prefix, String place) throws Exception {
    Destination destination = open(prefix, FaultyDisk.sound());
    List<Boolean> present = new ArrayList<>();
    for (ObjectKey key : KEYS) {
      Optional<byte[]> content = destination.read(key);
      content.ifPresent(
          bytes -> assertThat(new String(bytes, UTF_8)).as(place).isEqualTo(content(key)));
      present.add(content.isPresent());
    }
    assertThat(present).as(place).isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
    assertThat(destination.read(REPLACED).map(bytes -> new String(bytes, UTF_8)))
        .as(place)
        .hasValueSatisfying(text -> assertThat(text).isIn("old", content(REPLACED)));
    assertThat(visible(prefix)).as(place).allMatch(name -> name.endsWith(".parquet"));
  }

  private static void assertComplete(Path prefix, String place) throws Exception {
    assertWhole(prefix, place);
    Destination destination = open(prefix, FaultyDisk.sound());
    for (ObjectKey key : KEYS) {
      assertThat(destination.look(key)).as(place).isPresent();
    }
    assertThat(destination.look(REPLACED).orElseThrow().bytes())
        .as(place)
        .isEqualTo(content(REPLACED).length());
    destination.sweep();
    try (Stream<Path> staged = Files.list(prefix.resolve("_tributary/staging"))) {
      assertThat(staged.filter(path -> path.toString().endsWith(".tmp"))).as(place).isEmpty();
    }
  }

  /** What a reader who globs over the data sees. */
  private static List<String> visible(Path prefix) throws IOException {
    try (Stream<Path> walk = Files.walk(prefix)) {
      return walk.filter(Files::isRegularFile)
          .filter(path -> !path.startsWith(prefix.resolve("_tributary")))
          .map(path -> String.valueOf(path.getFileName()))
          .toList();
    }
  }

  private static void put(Path prefix, FaultyDisk disk, ObjectKey key, String content)
      throws Failure {
    open(prefix, disk).put(key, content.getBytes(UTF_8), Condition.ABSENT);
  }

  private static Destination open(Path prefix, FaultyDisk disk) throws Failure {
    return LocalDestination.open(LocalDestinationTest.spec(prefix, false), disk, new LiveTemps());
  }

  private static String content(ObjectKey key) {
    return ("row of " + key + "\n").repeat(3000) + "END";
  }
}
