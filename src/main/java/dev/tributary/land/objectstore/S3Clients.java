package dev.tributary.land.objectstore;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Secret;
import dev.tributary.job.SecretReader;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients for S3 as a destination's settings ask for them. */
final class S3Clients {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(60);

  private S3Clients() {}

  static S3Client client(DestinationSpec spec, SecretReader secrets) {
    Map<String, String> settings = spec.settings();
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(IDLE))
            .credentialsProvider(credentials(spec.secrets(), secrets))
            // a conditional write that is tried again unseen would be refused by its own first try
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            // bodies go plain, with their checksum ahead: some stores answer before they have read
            // the trailer of a chunked one, and then nobody knows what the broken request did
            .serviceConfiguration(c -> c.chunkedEncodingEnabled(false).expectContinueEnabled(false))
            .forcePathStyle(Boolean.parseBoolean(settings.get("path_style")));
    String endpoint = settings.get("endpoint");
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    String region = settings.get("region");
    if (region != null) {
      builder.region(Region.of(region));
    } else if (endpoint != null) {
      // compatible stores know no regions, but a signature names one
      builder.region(Region.US_EAST_1);
    }
    if ("when_required".equals(settings.get("checksums"))) {
      builder
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(
      Map<String, Secret> given, SecretReader secrets) {
    Secret access = given.get("access_key");
    Secret key = given.get("secret_key");
    if (access == null || key == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    Secret session = given.get("session_token");
    return () -> {
      try {
        return resolved(secrets, access, key, session);
      } catch (Failure e) {
        throw new UnreadableSecret(e);
      }
    };
  }

  private static AwsCredentials resolved(
      SecretReader secrets, Secret access, Secret key, @Nullable Secret session) throws Failure {
    String id = secrets.read(access);
    String value = secrets.read(key);
    return session == null
        ? AwsBasicCredentials.create(id, value)
        : AwsSessionCredentials.create(id, value, secrets.read(session));
  }
}
