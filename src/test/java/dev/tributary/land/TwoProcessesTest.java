package dev.tributary.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {

  private static final ObjectKey KEY = new ObjectKey("cpu/a");
  private static final JobName JOB = new JobName("cpu");

  private final Path folder;

  TwoProcessesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theSweepKeepsWhatAnotherProcessIsWritingAndRemovesWhatAKilledOneLeft() throws Exception {
    Destination destination = destination(folder);
    try (ChildProcess writer = child("stage")) {
      assertThat(writer.line()).isEqualTo("staged");
      assertThat(temps()).hasSize(1);
      assertThat(destination.sweep()).isZero();
      assertThat(destination.sweep()).isZero();
      assertThat(temps()).hasSize(1);

      writer.say("commit");
      assertThat(writer.line()).isEqualTo("landed");
      assertThat(destination.look(KEY)).isPresent();
    }
    destination.delete(KEY);
    try (ChildProcess writer = child("stage")) {
      assertThat(writer.line()).isEqualTo("staged");
      writer.kill();

      assertThat(destination.look(KEY)).isEmpty();
      assertThat(destination.sweep()).isEqualTo(1);
      assertThat(temps()).isEmpty();
    }
  }

  @Test
  void theJobsLockIsHeldByOneProcessAndFreedByItsDeath() throws Exception {
    Destination destination = destination(folder);
    try (ChildProcess first = child("lock");
        ChildProcess second = child("lock")) {
      first.say("take");
      assertThat(first.line()).isEqualTo("locked");
      second.say("take");
      destination.put(KEY, new byte[1], Condition.ABSENT);
      destination.lock(new JobName("another")).close();
      first.say("tell");
      assertThat(first.line()).isEqualTo("still alone");
      first.kill();
      assertThat(second.line()).isEqualTo("locked");
      second.say("tell");
      assertThat(second.line()).isEqualTo("still alone");
    }
    destination.lock(JOB).close();
  }

  @Test
  void whoWaitsForAStoppedProcessSaysForWhich() throws Exception {
    try (ChildProcess first = child("lock")) {
      first.say("take");
      assertThat(first.line()).isEqualTo("locked");
      first.signal("STOP");
      FileLocks locks = new FileLocks(new SystemDisk(), Duration.ofMillis(50));
      Path file = folder.toRealPath().resolve("_tributary/staging/job-cpu.lock");
      CompletableFuture<String> told = new CompletableFuture<>();

      CompletableFuture<Destination.Lock> waiting =
          CompletableFuture.supplyAsync(() -> acquire(locks, file, told::complete));

      assertThat(told.get(60, TimeUnit.SECONDS))
          .matches("process " + first.pid() + " on '\\S+' has held '" + file + "' for 50ms");
      assertThat(waiting).isNotDone();
      first.signal("CONT");
      first.say("tell");
      assertThat(first.line()).isEqualTo("still alone");
      first.say("end");
      waiting.get(60, TimeUnit.SECONDS).close();
    }
  }

  private static Destination.Lock acquire(FileLocks locks, Path file, Consumer<String> late) {
    try {
      return locks.acquire(file, true, late);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void ofTwoProcessesThatTakeTheSameKeysEachKeyIsTakenOnce() throws Exception {
    int keys = 200;
    try (ChildProcess left = child("take", "left", "" + keys);
        ChildProcess right = child("take", "right", "" + keys)) {
      assertThat(left.line()).isEqualTo("ready");
      assertThat(right.line()).isEqualTo("ready");
      left.say("go");
      right.say("go");
      int taken = Integer.parseInt("" + left.line()) + Integer.parseInt("" + right.line());
      assertThat(taken).isEqualTo(keys);
    }
    assertThat(destination(folder).list(new ObjectKey("race"))).hasSize(keys);
    assertThat(temps()).isEmpty();
  }

  private ChildProcess child(String... arguments) throws IOException {
    String[] all =
        Stream.concat(Stream.of(folder.toString()), Stream.of(arguments)).toArray(String[]::new);
    return ChildProcess.start(Child.class, List.of(), all);
  }

  private List<Path> temps() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("_tributary/staging"))) {
      return files.filter(path -> path.toString().endsWith(".tmp")).toList();
    }
  }

  private static Destination destination(Path prefix) throws Exception {
    return LocalDestination.open(LocalDestinationTest.spec(prefix, false));
  }

  /** The other process. */
  static final class Child {

    private final BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final Path prefix;
    private final Destination destination;

    private Child(Path prefix) throws Exception {
      this.prefix = prefix;
      this.destination = destination(prefix);
    }

    public static void main(String[] arguments) throws Exception {
      Child child = new Child(Path.of(arguments[0]));
      switch (arguments[1]) {
        case "stage" -> child.stage();
        case "lock" -> child.lock();
        default -> child.take(arguments[2], Integer.parseInt(arguments[3]));
      }
    }

    private void stage() throws Exception {
      try (StagedObject staged = destination.stage(KEY)) {
        staged.stream().write(new byte[200_000]);
        // what is read by this process must not free what it writes
        destination.sweep();
        System.out.println("staged");
        input.readLine();
        boolean landed = staged.commit(Condition.ABSENT) instanceof Landing.Landed;
        System.out.println(landed ? "landed" : "refused");
      }
    }

    private void lock() throws Exception {
      input.readLine();
      Destination.Lock lock = destination.lock(JOB);
      Path mark = prefix.resolve("mark-" + ProcessHandle.current().pid());
      Files.writeString(mark, "in");
      System.out.println("locked");
      input.readLine();
      System.out.println(isAlone(mark) ? "still alone" : "not alone");
      input.readLine();
      lock.close();
    }

    private boolean isAlone(Path mark) throws IOException {
      try (Stream<Path> files = Files.list(prefix)) {
        List<Path> others =
            files
                .filter(path -> String.valueOf(path.getFileName()).startsWith("mark-"))
                .filter(path -> !path.equals(mark))
                .filter(path -> isAlive(String.valueOf(path.getFileName()).substring(5)))
                .toList();
        return others.isEmpty();
      }
    }

    private static boolean isAlive(String pid) {
      return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
    }

    private void take(String name, int keys) throws Exception {
      System.out.println("ready");
      input.readLine();
      int taken = 0;
      for (int i = 0; i < keys; i++) {
        ObjectKey key = new ObjectKey("race/" + i);
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        if (destination.put(key, content, Condition.ABSENT) instanceof Landing.Landed) {
          taken++;
        }
      }
      System.out.println(taken);
    }
  }
}
