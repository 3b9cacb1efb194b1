package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.JobName;
import dev.tributary.job.Secret;
import dev.tributary.job.Window;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.DestinationContract;
import dev.tributary.land.Landing;
import dev.tributary.land.Origin;
import dev.tributary.land.StagedObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GcsDestinationTest implements ObjectStoreContract {

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
  void oneLookTellsWhoseAnObjectIs() throws Exception {
    Window window =
        new Window(Instant.parse("2026-11-22T00:00:00Z"), Instant.parse("2026-11-23T00:00:00Z"));
    Origin origin = new Origin(new JobName("room-climate"), window, 3, "left-17");
    for (byte[] content : List.of(new byte[] {1}, ObjectStoreContract.content())) {
      try (StagedObject staged = destination.stage(KEY, origin)) {
        ObjectStoreContract.write(staged, content);
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
      ObjectStoreContract.write(staged, ObjectStoreContract.content());
    }
    assertThat(destination.look(KEY)).isEmpty();
  }

  @Test
  void aLargeObjectIsRefusedWhenItsKeyWasTakenMeanwhile() throws Exception {
    try (StagedObject staged = destination.stage(KEY)) {
      ObjectStoreContract.write(staged, ObjectStoreContract.content());
      put(KEY, "rival");
      assertThat(staged.commit(Condition.ABSENT)).isInstanceOf(Landing.Refused.class);
    }
    assertThat(text(KEY)).isEqualTo("rival");
  }

  @Test
  void aLargeObjectIsRefusedWhenTheOneItReplacesWasReplacedMeanwhile() throws Exception {
    Condition seen = Condition.unchanged(put(KEY, "first").version());
    try (StagedObject staged = destination.stage(KEY)) {
      ObjectStoreContract.write(staged, ObjectStoreContract.content());
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
}
