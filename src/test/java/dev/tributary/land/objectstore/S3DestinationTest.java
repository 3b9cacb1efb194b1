package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.Origin;
import dev.tributary.land.StagedObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

class S3DestinationTest implements ObjectStoreContract {

  private final DestinationSpec spec = S3Proxy.spec("roll%20ups/é");
  private final S3Store store =
      new S3Store(
          S3Clients.client(spec, S3Proxy::secret),
          spec.url().getAuthority(),
          S3Wishes.of(spec.settings()),
          7);
  private final Destination destination = at(InstantSource.system());

  private Destination at(InstantSource clock) {
    return new ObjectDestination(spec.url(), new RetryingStore(store, new Patience(clock)), clock);
  }

  @Override
  public Destination destination() {
    return destination;
  }

  @Override
  public boolean versionsNameContents() {
    return true;
  }

  @AfterEach
  void noUploadIsLeftPending() throws Exception {
    assertThat(store.pending("")).isEmpty();
    destination.close();
  }

  @Override
  @Disabled("s3proxy was seen to let both of two such requests pass")
  public void ofTwoThreadsThatReplaceOneVersionExactlyOneLands() {}

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
  void aLargeObjectOnItsWayIsOnePendingUpload() throws Exception {
    try (StagedObject staged = destination.stage(KEY)) {
      ObjectStoreContract.write(staged, ObjectStoreContract.content());
      assertThat(store.pending("")).hasSize(1);
      assertThat(staged.commit(Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
    }
  }

  @Test
  void aDiscardedLargeObjectLeavesNoUpload() throws Exception {
    try (StagedObject staged = destination.stage(KEY)) {
      ObjectStoreContract.write(staged, ObjectStoreContract.content());
    }
    assertThat(store.pending("")).isEmpty();
    assertThat(destination.look(KEY)).isEmpty();
  }

  @Test
  void anUploadIsSweptOnceItIsOlderThanADay() throws Exception {
    store.begin(new Names("roll ups/é/").of(KEY), Map.of());
    ObjectStore.Upload foreign = store.begin("elsewhere/file", Map.of());
    ObjectStore.Upload beside = store.begin("roll ups/é/of/somebody.bin", Map.of());

    assertThat(destination.sweep(KEY::equals)).isZero();
    InstantSource later =
        InstantSource.offset(InstantSource.system(), Duration.ofDays(1).plusMinutes(1));
    assertThat(at(later).sweep()).isZero();
    assertThat(at(later).sweep(KEY::equals)).isEqualTo(1);

    assertThat(store.pending("")).hasSize(2);
    foreign.abort();
    beside.abort();
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    DestinationSpec nowhere = S3Proxy.at(S3Proxy.endpoint(), "no-such-bucket", "x");
    try (Destination missing = open(nowhere, S3Proxy.SECRET_KEY)) {
      assertThatThrownBy(() -> missing.list(KEY))
          .hasMessageStartingWith("cannot read 's3://no-such-bucket/x/cpu/")
          .hasMessageEndingWith("; create the bucket, or correct 'url'");
    }
  }

  @Test
  void aWrongKeyIsNotAuthorisedAndNotRepeated() {
    try (Destination locked = open(spec, "wrong-key")) {
      assertThatThrownBy(() -> locked.read(KEY))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.NOT_AUTHORISED))
          .hasMessageNotContaining("wrong-key");
    }
  }

  private static Destination open(DestinationSpec spec, String secretKey) {
    try {
      return ObjectStores.open(
          spec,
          secret -> secret.name().equals("ACCESS") ? S3Proxy.ACCESS_KEY : secretKey,
          InstantSource.system());
    } catch (Failure e) {
      throw new AssertionError(e);
    }
  }
}
