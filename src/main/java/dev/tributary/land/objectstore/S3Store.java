package dev.tributary.land.objectstore;

import static dev.tributary.land.objectstore.S3Faults.asked;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.SecretReader;
import dev.tributary.land.Condition;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** S3, and what speaks like it. A version is an entity tag. */
final class S3Store implements ObjectStore {

  private final S3Client client;
  private final String bucket;
  private final S3Wishes wishes;
  private final int pageSize;

  S3Store(S3Client client, String bucket, S3Wishes wishes, int pageSize) {
    this.client = client;
    this.bucket = bucket;
    this.wishes = wishes;
    this.pageSize = pageSize;
  }

  static S3Store open(DestinationSpec spec, SecretReader secrets) {
    return new S3Store(
        S3Clients.client(spec, secrets),
        spec.url().getAuthority(),
        S3Wishes.of(spec.settings()),
        1_000);
  }

  @Override
  public Optional<Found> head(String name) throws StoreFault {
    return ifThere(
        () -> {
          HeadObjectResponse answer =
              asked(() -> client.headObject(r -> r.bucket(bucket).key(name)));
          return new Found(name, answer.contentLength(), answer.eTag(), answer.metadata());
        });
  }

  @Override
  public Optional<Instant> written(String name) throws StoreFault {
    return ifThere(
        () -> asked(() -> client.headObject(r -> r.bucket(bucket).key(name))).lastModified());
  }

  @Override
  public byte[] read(Found object, long position, int length) throws StoreFault {
    String range = "bytes=" + position + "-" + (position + length - 1);
    return asked(
            () ->
                client.getObjectAsBytes(
                    r ->
                        r.bucket(bucket).key(object.name()).range(range).ifMatch(object.version())))
        .asByteArrayUnsafe();
  }

  @Override
  public Optional<byte[]> read(String name, int limit) throws StoreFault {
    return ifThere(
        () -> {
          try (ResponseInputStream<GetObjectResponse> in =
              asked(() -> client.getObject(r -> r.bucket(bucket).key(name)))) {
            byte[] content = in.readNBytes(limit);
            if (content.length == limit) {
              in.abort();
            }
            return content;
          } catch (IOException e) {
            throw new StoreFault(Sort.UNCLEAR, "the answer broke off", e);
          }
        });
  }

  @Override
  public Page list(Scope scope, Optional<String> token) throws StoreFault {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(scope.prefix()).maxKeys(pageSize);
    if (!scope.flat()) {
      request.delimiter("/");
    }
    if (token.isPresent()) {
      request.continuationToken(token.orElseThrow());
    } else if (!scope.after().isEmpty()) {
      request.startAfter(scope.after());
    }
    ListObjectsV2Response answer = asked(() -> client.listObjectsV2(request.build()));
    return new Page(
        answer.contents().stream()
            .map(object -> new Found(object.key(), object.size(), object.eTag()))
            .toList(),
        answer.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
        Optional.ofNullable(answer.nextContinuationToken()));
  }

  @Override
  public String put(
      String name, Body body, Map<String, String> metadata, Optional<Condition> condition)
      throws StoreFault {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(bucket).key(name).metadata(metadata);
    wishes.ask(request);
    if (wishes.checksums()) {
      request.checksumCRC32(body.crc32());
    }
    condition.ifPresent(
        wanted ->
            wanted.version().ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*")));
    PutObjectResponse answer =
        changed(condition, () -> client.putObject(request.build(), of(body)));
    return answer.eTag();
  }

  /** A replacement of what is not there any more is refused, not missing. */
  static <T> T changed(Optional<Condition> condition, Supplier<T> request) throws StoreFault {
    try {
      return asked(request);
    } catch (StoreFault e) {
      boolean replaces = condition.flatMap(Condition::version).isPresent();
      if (replaces && S3Faults.isMissingObject(e)) {
        throw new StoreFault(Sort.REFUSED, e.reason(), e);
      }
      throw e;
    }
  }

  @Override
  public Upload begin(String name, Map<String, String> metadata) throws StoreFault {
    return S3Upload.begin(client, bucket, name, metadata, wishes);
  }

  @Override
  public void delete(String name) throws StoreFault {
    asked(() -> client.deleteObject(r -> r.bucket(bucket).key(name)));
  }

  @Override
  public List<Pending> pending(String prefix) throws StoreFault {
    List<Pending> pending = new ArrayList<>();
    @Nullable ListMultipartUploadsResponse last = null;
    do {
      ListMultipartUploadsResponse before = last;
      last =
          asked(
              () ->
                  client.listMultipartUploads(
                      r -> {
                        r.bucket(bucket).prefix(prefix);
                        if (before != null) {
                          r.keyMarker(before.nextKeyMarker())
                              .uploadIdMarker(before.nextUploadIdMarker());
                        }
                      }));
      last.uploads().forEach(u -> pending.add(new Pending(u.key(), u.uploadId(), u.initiated())));
    } while (Boolean.TRUE.equals(last.isTruncated()));
    return pending;
  }

  @Override
  public void abandon(Pending upload) throws StoreFault {
    S3Upload.abort(client, bucket, upload.name(), upload.id());
  }

  @Override
  public void close() {
    client.close();
  }

  static RequestBody of(Body body) {
    return RequestBody.fromContentProvider(body::stream, body.length(), "application/octet-stream");
  }

  private <T> Optional<T> ifThere(Request<T> request) throws StoreFault {
    try {
      return Optional.of(request.answer());
    } catch (StoreFault e) {
      if (S3Faults.isMissingObject(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A request that may fail. */
  @FunctionalInterface
  private interface Request<T> {
    T answer() throws StoreFault;
  }
}
