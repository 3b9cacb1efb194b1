package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stores that take the condition of a write, say yes, and overwrite. */
class ConditionsTest {

  private static final ObjectKey KEY = new ObjectKey("cpu/file");
  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2};

  private final StoreRelay relay = StoreRelay.before(S3Proxy.endpoint());
  private final DestinationSpec spec = S3Proxy.at(relay.endpoint(), S3Proxy.newBucket(), "x");

  @AfterEach
  void close() throws Exception {
    relay.close();
  }

  @Test
  void aStoreThatIgnoresConditionsIsRefusedForSharedUse() {
    for (Predicate<Condition> ignored :
        Map.<String, Predicate<Condition>>of(
                "absent", condition -> condition.version().isEmpty(),
                "unchanged", condition -> condition.version().isPresent())
            .values()) {
      try (Destination shared = ignoring(ignored, false)) {
        assertThatThrownBy(() -> shared.put(KEY, ONE, Condition.ABSENT))
            .isInstanceOfSatisfying(
                Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
            .hasMessageContaining("ignores the conditions of a write")
            .hasMessageEndingWith("say 'single_writer: true'");
        assertThatThrownBy(() -> shared.stage(KEY)).isInstanceOf(Failure.class);
      }
    }
  }

  @Test
  void aSingleWriterMayUseItAndStillOverwritesNothing() throws Exception {
    try (Destination own = ignoring(condition -> true, true)) {
      Landing first = own.put(KEY, ONE, Condition.ABSENT);
      assertThat(first).isInstanceOf(Landing.Landed.class);
      assertThat(own.put(KEY, TWO, Condition.ABSENT)).isInstanceOf(Landing.Refused.class);
      String seen = ((Landing.Landed) first).object().version();
      assertThat(own.put(KEY, TWO, Condition.unchanged(seen))).isInstanceOf(Landing.Landed.class);
      assertThat(own.put(KEY, ONE, Condition.unchanged(seen))).isInstanceOf(Landing.Refused.class);
      assertThat(own.read(KEY)).hasValueSatisfying(there -> assertThat(there).isEqualTo(TWO));
    }
  }

  @Test
  void theProofCostsThreeRequestsOnceAProcess() throws Exception {
    try (Destination first = ObjectStores.open(spec, S3Proxy::secret, InstantSource.system())) {
      first.put(KEY, ONE, Condition.ABSENT);
    }
    relay.counts();
    try (Destination next = ObjectStores.open(spec, S3Proxy::secret, InstantSource.system())) {
      next.look(KEY);
      assertThat(relay.counts()).isEqualTo(Map.of("head", 1));
      next.put(KEY, ONE, Condition.ABSENT);
      next.put(KEY, ONE, Condition.ABSENT);
      assertThat(relay.counts()).isEqualTo(Map.of("head", 1, "put", 4));
      assertThat(next.folders(new ObjectKey("_tributary"))).isEmpty();
    }
  }

  @Test
  void aLostAnswerDoesNotSpoilTheProof() throws Exception {
    for (int n = 1; n <= 4; n++) {
      DestinationSpec fresh = S3Proxy.at(relay.endpoint(), S3Proxy.newBucket(), "x");
      try (Destination shared = ObjectStores.open(fresh, S3Proxy::secret, InstantSource.system())) {
        relay.onlyNth(n, StoreRelay.Fate.ANSWER_LOST);
        assertThat(shared.put(KEY, ONE, Condition.ABSENT)).isInstanceOf(Landing.Landed.class);
      }
    }
  }

  /** S3, but for conditions of some kind. */
  private Destination ignoring(Predicate<Condition> ignored, boolean singleWriter) {
    S3Store store = S3Store.open(spec, S3Proxy::secret);
    ObjectStore lax =
        (ObjectStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("put")) {
                    Optional<?> condition = (Optional<?>) arguments[3];
                    arguments[3] = condition.filter(each -> !ignored.test((Condition) each));
                  }
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new ObjectDestination(
        URI.create("s3://" + spec.url().getAuthority() + "/lax"),
        lax,
        InstantSource.system(),
        singleWriter);
  }
}
