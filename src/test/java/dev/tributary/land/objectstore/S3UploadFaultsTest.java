package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.StagedObject;
import dev.tributary.land.objectstore.StoreRelay.Fate;
import dev.tributary.testing.Counts;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects of three parts whose store fails on the way. */
// nearly all of its time is waiting before another try
@Execution(ExecutionMode.CONCURRENT)
class S3UploadFaultsTest {

  private static final ObjectKey KEY = new ObjectKey("cpu/file");
  private static final int REQUESTS = 5;

  private final StoreRelay relay = StoreRelay.before(S3Proxy.endpoint());
  private final byte[] content = new byte[(16 << 20) + 5];

  S3UploadFaultsTest() {
    new Random(5).nextBytes(content);
  }

  @AfterEach
  void close() throws Exception {
    relay.close();
  }

  @ParameterizedTest
  @EnumSource(names = "ANSWERED", mode = EnumSource.Mode.EXCLUDE)
  void oneFaultAnywhereLeavesAWholeObjectOrNoneAndNoUpload(Fate fate) throws Exception {
    for (int n = 1; n <= REQUESTS; n++) {
      String what = fate + " at request " + n;
      DestinationSpec spec = S3Proxy.at(relay.endpoint(), S3Proxy.newBucket(), "x");
      try (Destination bucket = open(spec, Duration.ZERO);
          Destination later = open(spec, Duration.ofDays(2))) {
        bucket.put(new ObjectKey("cpu/other"), content(1), Condition.ABSENT);
        relay.onlyNth(n, fate);
        Landing landing = upload(bucket);
        relay.heal();

        boolean there = bucket.look(KEY).isPresent();
        assertThat(there).as(what).isEqualTo(!(landing instanceof Landing.Refused));
        if (landing instanceof Landing.Landed landed) {
          assertThat(bucket.look(KEY)).as(what).contains(landed.object());
        }
        if (there) {
          assertThat(bucket.read(KEY).orElseThrow()).as(what).isEqualTo(content);
        }
        int begunTwice = fate == Fate.ANSWER_LOST && n == 1 ? 1 : 0;
        assertThat(bucket.sweep(KEY::equals)).as(what).isZero();
        assertThat(later.sweep(KEY::equals)).as(what).isEqualTo(begunTwice);
        assertThat(S3Proxy.pending(spec)).as(what).isEmpty();
        // the store keeps objects in memory
        bucket.delete(KEY);
      }
    }
  }

  @Test
  void aStoreThatGoesAwayAmidAnUploadLeavesNothingAfterTheSweep() throws Exception {
    for (int n = Counts.of(3, 1); n <= Counts.of(3, REQUESTS); n++) {
      DestinationSpec spec = S3Proxy.at(relay.endpoint(), S3Proxy.newBucket(), "x");
      try (Destination bucket = open(spec, Duration.ZERO);
          Destination later = open(spec, Duration.ofDays(2))) {
        bucket.put(new ObjectKey("cpu/other"), content(1), Condition.ABSENT);
        relay.fromNth(n, Fate.RESET);
        assertThat(isGivenUp(bucket)).isTrue();
        relay.heal();

        assertThat(bucket.look(KEY)).isEmpty();
        assertThat(later.sweep(KEY::equals)).isEqualTo(n == 1 ? 0 : 1);
        assertThat(S3Proxy.pending(spec)).isEmpty();
      }
    }
  }

  private boolean isGivenUp(Destination bucket) {
    try {
      return upload(bucket) instanceof Landing.Unknown;
    } catch (Failure | IOException e) {
      return true;
    }
  }

  private Landing upload(Destination bucket) throws Failure, IOException {
    try (StagedObject staged = bucket.stage(KEY)) {
      staged.stream().write(content);
      return staged.commit(Condition.ABSENT);
    }
  }

  private static byte[] content(int bytes) {
    return new byte[bytes];
  }

  private static Destination open(DestinationSpec spec, Duration ahead) throws Failure {
    return ObjectStores.open(
        spec, S3Proxy::secret, InstantSource.offset(InstantSource.system(), ahead));
  }
}
