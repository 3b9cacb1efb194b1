package dev.tributary.land.objectstore;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * How new objects are kept.
 *
 * @param encryption {@code none}, {@code sse-s3} or the id of a KMS key; absent as {@code none}
 * @param checksums whether every body goes with its CRC-32
 */
record S3Wishes(Optional<String> storageClass, Optional<String> encryption, boolean checksums) {

  static S3Wishes of(Map<String, String> settings) {
    return new S3Wishes(
        Optional.ofNullable(settings.get("storage_class")),
        Optional.ofNullable(settings.get("encryption")).filter(word -> !word.equals("none")),
        !"when_required".equals(settings.get("checksums")));
  }

  void ask(PutObjectRequest.Builder request) {
    storageClass.ifPresent(request::storageClass);
    encryption.ifPresent(
        word -> request.serverSideEncryption(algorithm(word)).ssekmsKeyId(kmsKey(word)));
  }

  void ask(CreateMultipartUploadRequest.Builder request) {
    storageClass.ifPresent(request::storageClass);
    encryption.ifPresent(
        word -> request.serverSideEncryption(algorithm(word)).ssekmsKeyId(kmsKey(word)));
  }

  private static ServerSideEncryption algorithm(String word) {
    return word.equals("sse-s3") ? ServerSideEncryption.AES256 : ServerSideEncryption.AWS_KMS;
  }

  private static @Nullable String kmsKey(String word) {
    return word.equals("sse-s3") ? null : word;
  }
}
