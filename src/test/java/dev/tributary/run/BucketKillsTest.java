package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import dev.tributary.land.objectstore.ObjectStores;
import dev.tributary.land.objectstore.S3Proxy;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.ChildJvm;
import dev.tributary.testing.Counts;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes race over the same windows of a bucket and are killed at random. */
class BucketKillsTest {

  private static final Instant NOW = Instant.parse("2022-01-02T00:10:00Z");
  private static final int WINDOWS = 24;
  private static final long SEED = 20220102;

  @Test
  void killedRacersLoseNothingDoubleNothingAndLeaveNoPartialFile(@TempDir Path folder)
      throws Exception {
    Random random = new Random(SEED);
    int wanted = Counts.of(4, 200);
    int kills = 0;
    int rounds = 0;
    try (Sandbox sandbox =
        Sandbox.start(SandboxSettings.standard().withClock(InstantSource.fixed(NOW)))) {
      sandbox.loadHome("home");
      while (kills < wanted) {
        Path round = folder.resolve("round-" + rounds++);
        DestinationSpec spec = S3Proxy.spec("lake");
        Definition.read(round, definition(sandbox, spec));
        kills += killUntilDone(round, spec, random, wanted - kills);

        String told = "seed " + SEED + ", round " + rounds;
        Path copy = round.resolve("copy");
        copy(spec, copy);
        Lake lake = new Lake(copy);
        assertThat(lake.violations()).as(told).isEmpty();
        assertThat(lake.receipts()).as(told).hasSize(WINDOWS);
        assertThat(lake.visible()).as(told).isEqualTo(lake.newestFiles()).hasSize(WINDOWS);
        assertThat(
                Lake.number(
                    "SELECT count(*) FROM read_parquet('" + copy + "/climate/**/*.parquet')"))
            .as(told)
            .isEqualTo(26);
        assertThat(S3Proxy.pending(spec)).as(told).isEmpty();
      }
    }
    System.out.printf("%d kills over %d buckets: 0 violations%n", kills, rounds);
  }

  private static String definition(Sandbox sandbox, DestinationSpec spec) {
    String disk = Definition.hourly(sandbox.url(), Path.of("/nowhere"));
    return disk.replace(
        "{url: 'file:///nowhere'}",
        "{url: '%s', endpoint: '%s', path_style: true, access_key: '${env:ACCESS}', secret_key: '${env:SECRET}'}"
            .formatted(spec.url(), S3Proxy.endpoint()));
  }

  private static int killUntilDone(Path round, DestinationSpec spec, Random random, int most)
      throws Exception {
    List<String> arguments = List.of(round.toString(), NOW.toString(), "0");
    int kills = 0;
    while (kills < most && receipts(spec) < WINDOWS) {
      try (ChildJvm one = ChildJvm.start(WriterProcess.class, arguments);
          ChildJvm other = ChildJvm.start(WriterProcess.class, arguments)) {
        one.awaitWords(WriterProcess.WORKING);
        other.awaitWords(WriterProcess.WORKING);
        boolean ended = one.endsWithin(random.nextInt(600));
        kills += (ended ? 0 : 1) + (other.endsWithin(0) ? 0 : 1);
        one.kill();
        other.kill();
      }
    }
    try (ChildJvm last = ChildJvm.start(WriterProcess.class, arguments)) {
      assertThat(last.await()).as(last.printed()).isZero();
    }
    return kills;
  }

  private static int receipts(DestinationSpec spec) throws Exception {
    try (Destination bucket = open(spec)) {
      return bucket.list(new ObjectKey("_tributary/climate/windows")).size();
    }
  }

  /** Everything in the bucket, so that readers of files can judge it. */
  private static void copy(DestinationSpec spec, Path to) throws Exception {
    try (Destination bucket = open(spec)) {
      for (String prefix : List.of("climate", "_tributary/climate")) {
        for (StoredObject object : bucket.list(new ObjectKey(prefix))) {
          Path file = to.resolve(object.key().value());
          Files.createDirectories(file.getParent());
          Files.write(file, bucket.read(object.key()).orElseThrow());
        }
      }
    }
  }

  private static Destination open(DestinationSpec spec) throws Exception {
    return ObjectStores.open(spec, S3Proxy::secret, InstantSource.system());
  }
}
