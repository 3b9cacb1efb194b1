package dev.tributary.land;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every destination must do, whatever it is made of. */
public interface DestinationContract {

  ObjectKey KEY = new ObjectKey("cpu/date=2026-11-22/cpu.parquet");

  Destination destination();

  /** Whether the same bytes written again have the same version, as entity tags often do. */
  default boolean versionsNameContents() {
    return false;
  }

  @Test
  default void nothingIsVisibleBeforeTheCommit() throws Exception {
    try (StagedObject staged = destination().stage(KEY)) {
      write(staged, "all of it");

      assertThat(destination().look(KEY)).isEmpty();
      assertThat(destination().list(new ObjectKey("cpu"))).isEmpty();

      assertThat(staged.commit(Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
    }
    assertThat(text(KEY)).isEqualTo("all of it");
  }

  @Test
  default void closingWithoutCommitLeavesNothing() throws Exception {
    try (StagedObject staged = destination().stage(KEY)) {
      write(staged, "half of it");
    }
    assertThat(destination().look(KEY)).isEmpty();
    assertThat(destination().read(KEY)).isEmpty();
    assertThat(destination().open(KEY)).isEmpty();
  }

  @Test
  default void anObjectIsNeverOverwrittenBlindly() throws Exception {
    put(KEY, "first");

    assertThat(destination().put(KEY, bytes("second"), Condition.ABSENT))
        .isInstanceOf(Landing.Refused.class);
    try (StagedObject staged = destination().stage(KEY)) {
      write(staged, "third");
      assertThat(staged.commit(Condition.ABSENT)).isInstanceOf(Landing.Refused.class);
    }
    assertThat(text(KEY)).isEqualTo("first");
  }

  @Test
  default void anObjectIsReplacedOnlyWhileItIsTheOneThatWasSeen() throws Exception {
    StoredObject first = put(KEY, "first");
    Landing second = destination().put(KEY, bytes("other"), Condition.unchanged(first.version()));

    assertThat(second).isInstanceOf(Landing.Landed.class);
    assertThat(destination().put(KEY, bytes("third"), Condition.unchanged(first.version())))
        .isInstanceOf(Landing.Refused.class);
    assertThat(text(KEY)).isEqualTo("other");
    assertThat(destination().look(KEY))
        .contains(((Landing.Landed) second).object())
        .isNotEqualTo(java.util.Optional.of(first));
  }

  @Test
  default void whatWasRemovedIsNotReplaced() throws Exception {
    StoredObject first = put(KEY, "first");
    destination().delete(KEY);
    destination().delete(KEY);

    assertThat(destination().put(KEY, bytes("second"), Condition.unchanged(first.version())))
        .isInstanceOf(Landing.Refused.class);
    assertThat(destination().look(KEY)).isEmpty();
  }

  @Test
  default void theVersionChangesOnlyWithTheObject() throws Exception {
    StoredObject landed = put(KEY, "first");

    assertThat(destination().look(KEY)).contains(landed);
    assertThat(destination().list(new ObjectKey("cpu"))).containsExactly(landed);
    destination().overwrite(KEY, bytes(versionsNameContents() ? "other" : "first"));
    assertThat(destination().look(KEY).orElseThrow().version()).isNotEqualTo(landed.version());
  }

  @Test
  default void aListIsAscendingAndKeepsToWholeSegments() throws Exception {
    for (String key :
        List.of(
            "a/b/2", "a/b-c/1", "a/b/10", "a/b.x", "a/b/c/1", "ab/1", "_tributary/cpu/g.json")) {
      put(new ObjectKey(key), "x");
    }
    assertThat(keys(destination().list(new ObjectKey("a"))))
        .containsExactly("a/b-c/1", "a/b.x", "a/b/10", "a/b/2", "a/b/c/1");
    assertThat(keys(destination().list(new ObjectKey("a/b"))))
        .containsExactly("a/b/10", "a/b/2", "a/b/c/1");
    assertThat(destination().list(new ObjectKey("nowhere"))).isEmpty();
    assertThat(keys(destination().list(new ObjectKey("_tributary"))))
        .containsExactly("_tributary/cpu/g.json");
    assertThat(destination().folders(new ObjectKey("a"))).containsExactly("b", "b-c");
    assertThat(destination().folders(new ObjectKey("_tributary"))).containsExactly("cpu");
  }

  @Test
  default void aRangeHoldsItsFirstKeyAndNotItsLast() throws Exception {
    for (String key : List.of("w/2025/12/z", "w/2026/01/a", "w/2026/01/b", "w/2026/02/a", "x/1")) {
      put(new ObjectKey(key), "x");
    }
    ObjectKey prefix = new ObjectKey("w");

    assertThat(
            keys(
                destination()
                    .list(prefix, new ObjectKey("w/2026/01/b"), new ObjectKey("w/2026/02/a"))))
        .containsExactly("w/2026/01/b");
    assertThat(keys(destination().list(prefix, new ObjectKey("w/2026"), new ObjectKey("w/~"))))
        .containsExactly("w/2026/01/a", "w/2026/01/b", "w/2026/02/a");
    assertThat(keys(destination().list(prefix, new ObjectKey("a"), new ObjectKey("w/2026/01"))))
        .containsExactly("w/2025/12/z");
  }

  @Test
  default void rangesAgreeWithListingAllForAnyKeys() throws Exception {
    long seed = 20_261_122;
    Random random = new Random(seed);
    String[] segments = {"a", "b", "a-b", "a.b", "0", "~", "a b"};
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(randomKey(random, segments) + "/f" + i);
      put(new ObjectKey(all.get(i)), "x");
    }
    for (int i = 0; i < 200; i++) {
      ObjectKey from = new ObjectKey(randomKey(random, segments));
      ObjectKey until = new ObjectKey(randomKey(random, segments));
      assertThat(keys(destination().list(new ObjectKey("p"), from, until)))
          .as("seed %d, from %s until %s", seed, from, until)
          .isEqualTo(
              all.stream()
                  .filter(key -> key.compareTo(from.value()) >= 0)
                  .filter(key -> key.compareTo(until.value()) < 0)
                  .sorted()
                  .toList());
    }
  }

  @Test
  default void anObjectIsReadFromAnyPosition() throws Exception {
    put(KEY, "0123456789");
    try (SeekableByteChannel channel = destination().open(KEY).orElseThrow()) {
      ByteBuffer target = ByteBuffer.allocate(3);
      channel.position(6).read(target);
      assertThat(new String(target.array(), UTF_8)).isEqualTo("678");
      assertThat(channel.size()).isEqualTo(10);
    }
  }

  @Test
  default void megabytesArriveUnchanged() throws Exception {
    byte[] content = new byte[3_000_017];
    new Random(7).nextBytes(content);
    try (StagedObject staged = destination().stage(KEY)) {
      OutputStream stream = staged.stream();
      stream.write(content[0]);
      stream.write(content, 1, 1_999_999);
      stream.write(content, 2_000_000, content.length - 2_000_000);
      stream.close();
      staged.commit(Condition.ABSENT);
    }
    assertThat(destination().read(KEY)).hasValueSatisfying(c -> assertThat(c).isEqualTo(content));
  }

  @Test
  default void aCommitIsMadeAtMostOnce() throws Exception {
    try (StagedObject staged = destination().stage(KEY)) {
      write(staged, "x");
      staged.commit(Condition.ABSENT);
      assertThatThrownBy(() -> staged.commit(Condition.ABSENT))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  default void ofTwoThreadsThatTakeOneKeyExactlyOneLands() throws Exception {
    for (int round = 0; round < 20; round++) {
      ObjectKey key = new ObjectKey("race/" + round);
      List<Landing> landings =
          race(
              () -> destination().put(key, bytes("left"), Condition.ABSENT),
              () -> destination().put(key, bytes("right"), Condition.ABSENT));

      assertThat(landings).hasAtLeastOneElementOfType(Landing.Landed.class);
      assertThat(landings).hasAtLeastOneElementOfType(Landing.Refused.class);
      boolean left = landings.get(0) instanceof Landing.Landed;
      assertThat(text(key)).isEqualTo(left ? "left" : "right");
    }
  }

  @Test
  default void ofTwoThreadsThatReplaceOneVersionExactlyOneLands() throws Exception {
    for (int round = 0; round < 20; round++) {
      ObjectKey key = new ObjectKey("race/" + round);
      Condition same = Condition.unchanged(put(key, "old").version());

      assertThat(
              race(
                  () -> destination().put(key, bytes("left!"), same),
                  () -> destination().put(key, bytes("right!"), same)))
          .hasAtLeastOneElementOfType(Landing.Landed.class)
          .hasAtLeastOneElementOfType(Landing.Refused.class);
    }
  }

  @Test
  default void aLockIsHeldByOneAtATime() throws Exception {
    JobName job = new JobName("cpu");
    int[] inside = new int[1];
    Callable<Integer> work =
        () -> {
          int most = 0;
          for (int i = 0; i < 50; i++) {
            Destination.Lock lock = destination().lock(job);
            inside[0]++;
            destination().look(KEY);
            most = Math.max(most, inside[0]);
            inside[0]--;
            lock.close();
            lock.close();
          }
          return most;
        };
    assertThat(race(work, work)).containsExactly(1, 1);
    destination().lock(new JobName("other")).close();
  }

  default StoredObject put(ObjectKey key, String content) throws Failure {
    Landing landing = destination().put(key, bytes(content), Condition.ABSENT);
    assertThat(landing).isInstanceOf(Landing.Landed.class);
    return ((Landing.Landed) landing).object();
  }

  default String text(ObjectKey key) throws Failure {
    return new String(destination().read(key).orElseThrow(), UTF_8);
  }

  static byte[] bytes(String content) {
    return content.getBytes(UTF_8);
  }

  static void write(StagedObject staged, String content) throws IOException {
    staged.stream().write(bytes(content));
  }

  static List<String> keys(List<StoredObject> objects) {
    return objects.stream().map(object -> object.key().value()).toList();
  }

  static <T> List<T> race(Callable<T> left, Callable<T> right) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      Future<T> first = two.submit(() -> awaited(start, left));
      Future<T> second = two.submit(() -> awaited(start, right));
      return List.of(first.get(), second.get());
    } finally {
      two.shutdown();
    }
  }

  private static <T> T awaited(CyclicBarrier start, Callable<T> work) throws Exception {
    start.await();
    return work.call();
  }

  private static String randomKey(Random random, String[] segments) {
    StringBuilder key = new StringBuilder("p");
    for (int depth = random.nextInt(4); depth >= 0; depth--) {
      key.append('/').append(segments[random.nextInt(segments.length)]);
    }
    return key.toString();
  }
}
