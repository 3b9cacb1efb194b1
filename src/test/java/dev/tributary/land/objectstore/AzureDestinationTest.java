package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.SecretReader;
import dev.tributary.job.Window;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.Origin;
import dev.tributary.land.StagedObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureDestinationTest implements ObjectStoreContract {

  private static Azurite azurite;

  private DestinationSpec spec;
  private AzureStore store;
  private Destination destination;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    azurite = Azurite.start(folder);
  }

  @AfterAll
  static void stop() {
    // where the program is not installed it never started
    if (azurite != null) {
      azurite.close();
    }
  }

  @BeforeEach
  void open() {
    spec = azurite.spec("roll%20ups/é");
    store = new AzureStore(AzureContainer.of(spec, secret -> Azurite.ACCOUNT_KEY), 7);
    InstantSource clock = InstantSource.system();
    destination =
        new ObjectDestination(spec.url(), new RetryingStore(store, new Patience(clock)), clock);
  }

  @AfterEach
  void close() {
    destination.close();
  }

  @Override
  public Destination destination() {
    return destination;
  }

  @Test
  void aDiscardedLargeObjectStaysInvisibleAndInNobodysWay() throws Exception {
    try (StagedObject staged = destination.stage(KEY)) {
      ObjectStoreContract.write(staged, ObjectStoreContract.content());
    }
    assertThat(destination.look(KEY)).isEmpty();
    assertThat(destination.list(new ObjectKey("cpu"))).isEmpty();
    assertThat(destination.sweep()).isZero();

    assertThat(large(Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
    assertThat(destination.look(KEY).orElseThrow().bytes()).isEqualTo(THREE_PARTS);
  }

  @Test
  void aRivalThatDropsOurBlocksIsLookedAtAndNotOverwritten() throws Exception {
    try (StagedObject staged = destination.stage(KEY)) {
      ObjectStoreContract.write(staged, ObjectStoreContract.content());
      assertThat(large(Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
      destination.delete(KEY);

      assertThat(staged.commit(Condition.ABSENT)).isInstanceOf(Landing.Refused.class);
    }
    assertThat(destination.look(KEY)).isEmpty();
  }

  @Test
  void twoUploadsOfOneObjectDoNotMixTheirBlocks() throws Exception {
    byte[] left = ObjectStoreContract.content();
    byte[] right = new byte[THREE_PARTS];
    try (StagedObject first = destination.stage(KEY);
        StagedObject second = destination.stage(KEY)) {
      ObjectStoreContract.write(first, left);
      ObjectStoreContract.write(second, right);
      assertThat(first.commit(Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
      assertThat(second.commit(Condition.ABSENT)).isInstanceOf(Landing.Refused.class);
    }
    assertThat(destination.read(KEY))
        .hasValueSatisfying(there -> assertThat(there).isEqualTo(left));
  }

  @Test
  void anObjectSaysWhoseItIs() throws Exception {
    Instant start = Instant.parse("2026-11-22T00:00:00Z");
    Origin origin =
        new Origin(
            new JobName("cpu"), new Window(start, start.plus(Duration.ofHours(1))), 2, "attempt-7");
    for (int bytes : List.of(3, THREE_PARTS)) {
      ObjectKey key = new ObjectKey("cpu/" + bytes);
      try (StagedObject staged = destination.stage(key, origin)) {
        ObjectStoreContract.write(staged, new byte[bytes]);
        staged.commit(Condition.ABSENT);
      }
      assertThat(destination.look(key).orElseThrow().origin()).contains(origin);
    }
    assertThat(put(KEY, "x").origin()).isEmpty();
  }

  @Test
  void anObjectWithoutBytesIsReadAsWhatItIs() throws Exception {
    put(KEY, "");

    assertThat(destination.read(KEY)).hasValueSatisfying(there -> assertThat(there).isEmpty());
    assertThat(destination.open(KEY).orElseThrow().size()).isZero();
  }

  @Test
  void aListingBeginsAtItsFirstNameAndIsAskedForByThePage() throws Exception {
    for (int i = 10; i < 40; i++) {
      put(new ObjectKey("w/" + i), "x");
    }
    String prefix = new Names("roll ups/é/").of(new ObjectKey("w/1")).replace("w/1", "w/");

    ObjectStore.Page page =
        store.list(new ObjectStore.Scope(prefix, prefix + "30", true), Optional.empty());

    assertThat(page.objects()).extracting(ObjectStore.Found::name).first().isEqualTo(prefix + "31");
    assertThat(page.objects()).hasSizeBetween(6, 7);
    assertThat(
            store.list(new ObjectStore.Scope(prefix, prefix + "30", true), page.next()).objects())
        .extracting(ObjectStore.Found::name)
        .startsWith(prefix + (31 + page.objects().size()));
  }

  @Test
  void aContainerThatIsNotThereIsNamed() throws Exception {
    try (Destination missing =
        open(azurite.at("no-such-container", "x", "account_key"), s -> Azurite.ACCOUNT_KEY)) {
      assertThatThrownBy(() -> missing.list(KEY))
          .hasMessageStartingWith("cannot read 'az://no-such-container/x/cpu/")
          .hasMessageContaining("the specified container does not exist;");
      assertThatThrownBy(() -> missing.read(KEY))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.NOT_FOUND));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"d3Jvbmcga2V5", "no base 64!"})
  void aWrongKeyIsNotAuthorisedAndNotTold(String wrong) throws Exception {
    try (Destination locked = open(spec, secret -> wrong)) {
      assertThatThrownBy(() -> locked.read(KEY))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.NOT_AUTHORISED))
          .hasMessageNotContaining(wrong);
    }
  }

  @Test
  void aSharedAccessSignatureServesUntilItIsRenewed() throws Exception {
    String container = spec.url().getAuthority();
    String old = signature(container, InstantSource.system().instant().minus(Duration.ofHours(1)));
    String[] now = {old};
    try (Destination shared = open(azurite.at(container, "x", "sas"), secret -> now[0])) {
      assertThatThrownBy(() -> shared.put(KEY, new byte[1], Condition.ABSENT))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.NOT_AUTHORISED))
          .hasMessageNotContaining("sig=")
          .hasMessageNotContaining(old.substring(old.length() - 8));

      now[0] = signature(container, InstantSource.system().instant().plus(Duration.ofHours(1)));
      assertThat(shared.put(KEY, new byte[1], Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
      assertThat(shared.list(new ObjectKey("cpu"))).hasSize(1);
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsUnreachable() throws Exception {
    DestinationSpec nowhere =
        new DestinationSpec(
            "lake",
            spec.url(),
            false,
            Map.of("account", Azurite.ACCOUNT, "endpoint", "http://127.0.0.1:1/metricslake"),
            spec.secrets());
    try (Destination silent = open(nowhere, secret -> Azurite.ACCOUNT_KEY)) {
      assertThatThrownBy(() -> silent.look(KEY))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.UNREACHABLE));
    }
  }

  private static String signature(String container, Instant expiry) {
    BlobContainerSasPermission all =
        new BlobContainerSasPermission()
            .setReadPermission(true)
            .setWritePermission(true)
            .setCreatePermission(true)
            .setListPermission(true);
    return azurite
        .container(container)
        .generateSas(new BlobServiceSasSignatureValues(expiry.atOffset(ZoneOffset.UTC), all));
  }

  private static Destination open(DestinationSpec spec, SecretReader secrets) throws Failure {
    return ObjectStores.open(spec, secrets, InstantSource.system());
  }
}
