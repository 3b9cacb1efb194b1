package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Secret;
import dev.tributary.job.Window;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.DestinationContract;
import dev.tributary.land.Landing;
import dev.tributary.land.Origin;
import dev.tributary.land.StagedObject;
import dev.tributary.land.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GcsDestinationTest implements DestinationContract {

  private static final int THREE_PARTS = (16 << 20) + 5;

  private final DestinationSpec spec = GcsServer.spec("roll%20ups/é");
  private final GcsStore store = GcsStore.open(spec, GcsDestinationTest::noSecret, 7);
  private final Destination destination = at(InstantSource.system());

  private static String noSecret(Secret secret) {
    throw new AssertionError("no secret was given: " + secret);
  }

  private Destination at(InstantSource clock) {
    return new ObjectDestination(spec.url(), new RetryingStore(store, new Patience(clock)), clock);
  }

  @Override
  public Destination destination() {
    return destination;
  }

  @AfterEach
  void close() {
    destination.close();
  }

  @Test
  void aLargeObjectIsInvisibleUntilItsCommitAndThenWhole() throws Exception {
    byte[] content = content();
    try (StagedObject staged = destination.stage(KEY)) {
      write(staged, content);
      assertThat(destination.look(KEY)).isEmpty();
      assertThat(staged.commit(Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
    }
    assertThat(destination.read(KEY))
        .hasValueSatisfying(there -> assertThat(there).isEqualTo(content));
  }

  @Test
  void aLargeObjectNeitherOverwritesNorReplacesWhatItHasNotSeen() throws Exception {
    StoredObject first = put(KEY, "first");
    assertThat(large(Condition.ABSENT)).isInstanceOf(Landing.Refused.class);
    destination.overwrite(KEY, DestinationContract.bytes("other"));
    assertThat(large(Condition.unchanged(first.version()))).isInstanceOf(Landing.Refused.class);
    assertThat(text(KEY)).isEqualTo("other");

    String seen = destination.look(KEY).orElseThrow().version();
    Landing landing = large(Condition.unchanged(seen));

    assertThat(landing).isInstanceOf(Landing.Landed.class);
    assertThat(destination.look(KEY)).contains(((Landing.Landed) landing).object());
  }

  @Test
  void aLargeObjectDoesNotReplaceWhatWasRemoved() throws Exception {
    StoredObject first = put(KEY, "first");
    destination.delete(KEY);

    assertThat(large(Condition.unchanged(first.version()))).isInstanceOf(Landing.Refused.class);
    assertThat(destination.look(KEY)).isEmpty();
  }

  @Test
  void oneLookTellsWhoseAnObjectIs() throws Exception {
    Window window =
        new Window(Instant.parse("2026-11-22T00:00:00Z"), Instant.parse("2026-11-23T00:00:00Z"));
    Origin origin = new Origin(new JobName("room-climate"), window, 3, "left-17");
    for (byte[] content : List.of(new byte[] {1}, content())) {
      try (StagedObject staged = destination.stage(KEY, origin)) {
        write(staged, content);
        staged.commit(Condition.ABSENT);
      }
      assertThat(destination.look(KEY).orElseThrow().origin()).contains(origin);
      destination.delete(KEY);
    }
    put(KEY, "of somebody");
    assertThat(destination.look(KEY).orElseThrow().origin()).isEmpty();
  }

  @Test
  void aDiscardedLargeObjectLeavesNoUpload() throws Exception {
    try (StagedObject staged = destination.stage(KEY)) {
      write(staged, content());
    }
    assertThat(destination.look(KEY)).isEmpty();
  }

  @Test
  void keysMayHoldSpacesAndAnyLetters() throws Exception {
    for (String key : List.of("a b/c+d %20.txt", "a b/ü/日本.txt", "a b/x=1&y?#.txt")) {
      put(new ObjectKey(key), key);
      assertThat(text(new ObjectKey(key))).isEqualTo(key);
    }
    assertThat(DestinationContract.keys(destination.list(new ObjectKey("a b"))))
        .containsExactly("a b/c+d %20.txt", "a b/x=1&y?#.txt", "a b/ü/日本.txt");
    assertThat(destination.folders(new ObjectKey("a b"))).containsExactly("ü");
  }

  @Test
  void aLargeObjectIsRefusedWhenItsKeyWasTakenMeanwhile() throws Exception {
    try (StagedObject staged = destination.stage(KEY)) {
      write(staged, content());
      put(KEY, "rival");
      assertThat(staged.commit(Condition.ABSENT)).isInstanceOf(Landing.Refused.class);
    }
    assertThat(text(KEY)).isEqualTo("rival");
  }

  @Test
  void aLargeObjectIsRefusedWhenTheOneItReplacesWasReplacedMeanwhile() throws Exception {
    Condition seen = Condition.unchanged(put(KEY, "first").version());
    try (StagedObject staged = destination.stage(KEY)) {
      write(staged, content());
      destination.overwrite(KEY, DestinationContract.bytes("rival"));
      assertThat(staged.commit(seen)).isInstanceOf(Landing.Refused.class);
    }
    assertThat(text(KEY)).isEqualTo("rival");
  }

  @Test
  void anObjectWithoutBytesIsThereAndEmpty() throws Exception {
    put(KEY, "");
    assertThat(destination.read(KEY)).hasValueSatisfying(there -> assertThat(there).isEmpty());
  }

  @Test
  void anObjectThatChangedUnderItsReaderIsNotReadOn() throws Exception {
    put(KEY, "first");
    try (SeekableByteChannel channel = destination.open(KEY).orElseThrow()) {
      destination.overwrite(KEY, DestinationContract.bytes("other"));
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(5)))
          .isInstanceOf(IOException.class)
          .hasMessage("the object changed while it was read");
    }
  }

  @Test
  void aBucketThatIsNotThereIsNamed() throws Exception {
    DestinationSpec nowhere = GcsServer.at(GcsServer.endpoint(), "no-such-bucket", "x", Map.of());
    try (Destination missing =
        ObjectStores.open(nowhere, GcsDestinationTest::noSecret, InstantSource.system())) {
      assertThatThrownBy(() -> missing.list(KEY))
          .hasMessageStartingWith("cannot read 'gs://no-such-bucket/x/cpu/")
          .hasMessageEndingWith("; create the bucket, or correct 'url'");
    }
  }

  private Landing large(Condition condition) throws Exception {
    try (StagedObject staged = destination.stage(KEY)) {
      write(staged, content());
      return staged.commit(condition);
    }
  }

  private static byte[] content() {
    byte[] content = new byte[THREE_PARTS];
    new Random(11).nextBytes(content);
    return content;
  }

  private static void write(StagedObject staged, byte[] content) throws Exception {
    try (OutputStream stream = staged.stream()) {
      stream.write(content);
    }
  }
}
