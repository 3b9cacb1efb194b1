package dev.tributary.land.objectstore;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Secret;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.StagedObject;
import java.io.OutputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A process with little memory that uploads one large object, then smaller ones, ours and plainly
 * by turns.
 */
final class UploadProcess {

  private static final int PART = 8 << 20;
  private static final int ROUNDS = 6;
  private static final String SECRET = "secret ";

  private UploadProcess() {}

  /** What {@link #main} is told: a destination in an empty bucket, and the large object's parts. */
  static List<String> arguments(DestinationSpec spec, int parts) {
    List<String> arguments = new ArrayList<>(List.of(spec.url().toString(), "" + parts));
    spec.settings().forEach((key, value) -> arguments.addAll(List.of(key, value)));
    spec.secrets().forEach((key, secret) -> arguments.addAll(List.of(SECRET + key, secret.name())));
    return arguments;
  }

  /** Prints the ratio of the fastest rounds, ours to plain. */
  public static void main(String[] arguments) throws Exception {
    DestinationSpec spec = spec(arguments);
    int all = Integer.parseInt(arguments[1]);
    int parts = all / 8;
    byte[] part = new byte[PART];
    new Random(3).nextBytes(part);
    long[] ours = new long[ROUNDS];
    long[] plain = new long[ROUNDS];
    try (Destination bucket = ObjectStores.open(spec, StoreSecrets::of, InstantSource.system());
        PlainUpload upload = PlainUpload.to(spec, StoreSecrets::of)) {
      double large = streamed(bucket, part, all) / 1e9;
      System.out.printf(
          "%s: %d MiB with a heap of %d MiB: %.0f MiB/s%n",
          spec.url().getScheme(), all * 8, Runtime.getRuntime().maxMemory() >> 20, all * 8 / large);
      upload.send(part, parts);
      for (int round = 0; round < ROUNDS; round++) {
        long began = System.nanoTime();
        upload.send(part, parts);
        plain[round] = System.nanoTime() - began;
        ours[round] = streamed(bucket, part, parts);
      }
    }
    double best = Arrays.stream(ours).min().orElseThrow();
    double bestPlain = Arrays.stream(plain).min().orElseThrow();
    System.out.printf(
        "%d MiB, ours %.0f MiB/s, a plain upload %.0f MiB/s%n",
        parts * 8, parts * 8 / (best / 1e9), parts * 8 / (bestPlain / 1e9));
    System.out.printf(Locale.ROOT, "ratio %.2f%n", bestPlain / best);
  }

  private static DestinationSpec spec(String[] arguments) {
    Map<String, String> settings = new TreeMap<>();
    Map<String, Secret> secrets = new TreeMap<>();
    for (int i = 2; i < arguments.length; i += 2) {
      if (arguments[i].startsWith(SECRET)) {
        secrets.put(
            arguments[i].substring(SECRET.length()),
            new Secret(Secret.Store.ENV, arguments[i + 1]));
      } else {
        settings.put(arguments[i], arguments[i + 1]);
      }
    }
    return new DestinationSpec("lake", URI.create(arguments[0]), false, settings, secrets);
  }

  private static long streamed(Destination bucket, byte[] part, int parts) throws Exception {
    ObjectKey key = new ObjectKey("ours");
    bucket.delete(key);
    long began = System.nanoTime();
    try (StagedObject staged = bucket.stage(key)) {
      OutputStream stream = staged.stream();
      for (int i = 0; i < parts; i++) {
        // as an encoder does: pages of a few hundred KiB
        for (int page = 0; page < PART; page += 1 << 18) {
          stream.write(part, page, 1 << 18);
        }
      }
      if (!(staged.commit(Condition.ABSENT) instanceof Landing.Landed)) {
        throw new IllegalStateException("not landed");
      }
    }
    return System.nanoTime() - began;
  }
}
