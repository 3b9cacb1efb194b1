package dev.tributary.land.objectstore;

import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.SecretReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The least that sends a large object to a store: its own client's calls and nothing around them.
 */
interface PlainUpload extends AutoCloseable {

  /** Sends an object that consists of one part, time and again. */
  void send(byte[] part, int parts) throws Exception;

  @Override
  default void close() {}

  /** The one for a destination's kind of store. */
  static PlainUpload to(DestinationSpec spec, SecretReader secrets) throws Exception {
    return switch (spec.url().getScheme()) {
      case "az" -> new ToAzure(AzureContainer.of(spec, secrets).blob("plain"));
      case "gs" ->
          new ToGoogle(
              HttpClient.newHttpClient(),
              URI.create(
                  spec.settings().get("endpoint")
                      + "/upload/storage/v1/b/"
                      + spec.url().getAuthority()
                      + "/o?uploadType=resumable&name=plain"));
      default -> new ToS3(S3Clients.client(spec, secrets), spec.url().getAuthority());
    };
  }

  /** An upload of parts. */
  record ToS3(S3Client client, String bucket) implements PlainUpload {

    @Override
    public void send(byte[] part, int parts) {
      String id = client.createMultipartUpload(r -> r.bucket(bucket).key("plain")).uploadId();
      List<CompletedPart> done = new ArrayList<>();
      for (int i = 1; i <= parts; i++) {
        int number = i;
        String tag =
            client
                .uploadPart(
                    r -> r.bucket(bucket).key("plain").uploadId(id).partNumber(number),
                    RequestBody.fromContentProvider(
                        () -> new ByteArrayInputStream(part),
                        part.length,
                        "application/octet-stream"))
                .eTag();
        done.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
      }
      client.completeMultipartUpload(
          r -> r.bucket(bucket).key("plain").uploadId(id).multipartUpload(u -> u.parts(done)));
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /** Blocks and their list. */
  record ToAzure(BlockBlobClient blob) implements PlainUpload {

    @Override
    public void send(byte[] part, int parts) {
      List<String> blocks = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        byte[] number = String.format("%06d", i).getBytes(StandardCharsets.US_ASCII);
        String id = Base64.getEncoder().encodeToString(number);
        blob.stageBlock(id, new ByteArrayInputStream(part), part.length);
        blocks.add(id);
      }
      blob.commitBlockList(blocks, true);
    }
  }

  /** A resumable upload, by the client that ours goes through, too. */
  record ToGoogle(HttpClient client, URI address) implements PlainUpload {

    @Override
    public void send(byte[] part, int parts) throws Exception {
      HttpRequest begin = HttpRequest.newBuilder(address).POST(BodyPublishers.noBody()).build();
      URI session =
          URI.create(
              client
                  .send(begin, BodyHandlers.discarding())
                  .headers()
                  .firstValue("Location")
                  .orElseThrow());
      int status = 0;
      for (int i = 0; i < parts; i++) {
        long first = (long) i * part.length;
        String total = i == parts - 1 ? Long.toString((long) parts * part.length) : "*";
        String range = "bytes " + first + "-" + (first + part.length - 1) + "/" + total;
        HttpRequest put =
            HttpRequest.newBuilder(session)
                .header("Content-Range", range)
                .PUT(BodyPublishers.ofByteArray(part))
                .build();
        status = client.send(put, BodyHandlers.discarding()).statusCode();
      }
      if (status != 200) {
        throw new IllegalStateException("the last part was answered with " + status);
      }
    }
  }
}
