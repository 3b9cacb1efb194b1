package dev.tributary.land.objectstore;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.StagedObject;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A process with little memory that uploads one large object, then smaller ones, ours and plainly
 * by turns.
 */
final class UploadProcess {

  private static final int PART = 8 << 20;
  private static final int ROUNDS = 6;

  private UploadProcess() {}

  /**
   * Prints the ratio of the fastest rounds, ours to plain. Arguments: endpoint, bucket, parts of
   * the large object.
   */
  public static void main(String[] arguments) throws Exception {
    DestinationSpec spec = S3Proxy.at(URI.create(arguments[0]), arguments[1], "x");
    int all = Integer.parseInt(arguments[2]);
    int parts = all / 8;
    byte[] part = new byte[PART];
    new Random(3).nextBytes(part);
    long[] ours = new long[ROUNDS];
    long[] plain = new long[ROUNDS];
    try (Destination bucket = ObjectStores.open(spec, S3Proxy::secret, InstantSource.system());
        S3Client client = S3Clients.client(spec, S3Proxy::secret)) {
      double large = streamed(bucket, part, all) / 1e9;
      System.out.printf(
          "%d MiB with a heap of %d MiB: %.0f MiB/s%n",
          all * 8, Runtime.getRuntime().maxMemory() >> 20, all * 8 / large);
      plainly(client, spec, part, parts);
      for (int round = 0; round < ROUNDS; round++) {
        plain[round] = plainly(client, spec, part, parts);
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

  private static long plainly(S3Client client, DestinationSpec spec, byte[] part, int parts) {
    String name = spec.url().getAuthority();
    client.deleteObject(r -> r.bucket(name).key("plain"));
    long began = System.nanoTime();
    String id = client.createMultipartUpload(r -> r.bucket(name).key("plain")).uploadId();
    List<CompletedPart> done = new ArrayList<>();
    for (int i = 1; i <= parts; i++) {
      int number = i;
      String tag =
          client
              .uploadPart(
                  r -> r.bucket(name).key("plain").uploadId(id).partNumber(number),
                  RequestBody.fromContentProvider(
                      () -> new ByteArrayInputStream(part), PART, "application/octet-stream"))
              .eTag();
      done.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    client.completeMultipartUpload(
        r -> r.bucket(name).key("plain").uploadId(id).multipartUpload(u -> u.parts(done)));
    return System.nanoTime() - began;
  }
}
