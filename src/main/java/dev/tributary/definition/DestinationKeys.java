package dev.tributary.definition;

import static dev.tributary.definition.KeyTypes.flag;
import static dev.tributary.definition.KeyTypes.reference;
import static dev.tributary.definition.KeyTypes.text;
import static dev.tributary.definition.KeyTypes.url;
import static dev.tributary.definition.KeyTypes.word;

import dev.tributary.job.Secret;
import java.net.URI;
import java.util.List;

/** The keys of a destination. */
final class DestinationKeys {

  static final Key<URI> URL =
      Key.of(
          "url",
          url("file", "s3", "az", "gs"),
          "",
          "file:///path, s3://bucket/prefix, az://container/prefix or gs://bucket/prefix");
  static final Key<Boolean> SINGLE_WRITER =
      Key.of("single_writer", flag(), "false", "The operator's word that nobody else writes here");
  static final List<Key<String>> SETTINGS =
      List.of(
          Key.of(
              "endpoint", KeyTypes.address(), "", "S3, Azure, GCS: address of a compatible store"),
          Key.of("region", text(), "", "S3: region"),
          Key.of("path_style", KeyTypes.flagWord(), "", "S3: bucket in the path"),
          Key.of(
              "checksums",
              word("when_supported", "when_required"),
              "",
              "S3: when to send checksums"),
          Key.of("storage_class", text(), "", "S3: storage class of new objects"),
          Key.of("encryption", text(), "", "S3: none, sse-s3 or a KMS key id"),
          Key.of("account", text(), "", "Azure: storage account"));
  static final List<Key<Secret>> SECRETS =
      List.of(
          Key.of("access_key", reference(), "", "S3: access key, by reference"),
          Key.of("secret_key", reference(), "", "S3: secret key, by reference"),
          Key.of("session_token", reference(), "", "S3: session token, by reference"),
          Key.of("account_key", reference(), "", "Azure: account key, by reference"),
          Key.of("sas", reference(), "", "Azure: shared access signature, by reference"),
          Key.of("credentials", reference(), "", "GCS: service account, by reference"));
  static final List<Key<?>> ALL = all();

  private DestinationKeys() {}

  private static List<Key<?>> all() {
    List<Key<?>> all = new java.util.ArrayList<>(List.of(URL, SINGLE_WRITER));
    all.addAll(SETTINGS);
    all.addAll(SECRETS);
    return List.copyOf(all);
  }
}
