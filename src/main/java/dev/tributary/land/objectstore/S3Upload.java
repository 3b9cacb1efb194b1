package dev.tributary.land.objectstore;

import static dev.tributary.land.objectstore.S3Faults.asked;

import dev.tributary.land.Condition;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A multipart upload. */
final class S3Upload implements ObjectStore.Upload {

  private final S3Client client;
  private final String bucket;
  private final String name;
  private final String id;
  private final S3Wishes wishes;
  private final List<CompletedPart> parts = new ArrayList<>();
  private boolean completed;

  private S3Upload(S3Client client, String bucket, String name, String id, S3Wishes wishes) {
    this.wishes = wishes;
    this.client = client;
    this.bucket = bucket;
    this.name = name;
    this.id = id;
  }

  static S3Upload begin(
      S3Client client, String bucket, String name, Map<String, String> metadata, S3Wishes wishes)
      throws StoreFault {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder().bucket(bucket).key(name).metadata(metadata);
    wishes.ask(request);
    String id = asked(() -> client.createMultipartUpload(request.build())).uploadId();
    return new S3Upload(client, bucket, name, id, wishes);
  }

  @Override
  public void part(Body body) throws StoreFault {
    int number = parts.size() + 1;
    UploadPartRequest.Builder request =
        UploadPartRequest.builder().bucket(bucket).key(name).uploadId(id).partNumber(number);
    if (wishes.checksums()) {
      request.checksumCRC32(body.crc32());
    }
    UploadPartResponse answer = asked(() -> client.uploadPart(request.build(), S3Store.of(body)));
    parts.add(
        CompletedPart.builder()
            .partNumber(number)
            .eTag(answer.eTag())
            .checksumCRC32(answer.checksumCRC32())
            .build());
  }

  @Override
  public String complete(Condition condition) throws StoreFault {
    CompleteMultipartUploadRequest.Builder request =
        CompleteMultipartUploadRequest.builder()
            .bucket(bucket)
            .key(name)
            .uploadId(id)
            .multipartUpload(upload -> upload.parts(parts));
    condition.version().ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
    String version =
        S3Store.changed(
                Optional.of(condition), () -> client.completeMultipartUpload(request.build()))
            .eTag();
    completed = true;
    return version;
  }

  @Override
  public void abort() throws StoreFault {
    if (!completed) {
      completed = true;
      abort(client, bucket, name, id);
    }
  }

  static void abort(S3Client client, String bucket, String name, String id) throws StoreFault {
    try {
      asked(() -> client.abortMultipartUpload(r -> r.bucket(bucket).key(name).uploadId(id)));
    } catch (StoreFault e) {
      if (e.sort() != Sort.MISSING) {
        throw e;
      }
    }
  }
}
