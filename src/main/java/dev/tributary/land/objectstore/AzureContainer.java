package dev.tributary.land.objectstore;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.ClientOptions;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Secret;
import dev.tributary.job.SecretReader;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container as a destination's settings reach it. Its secret is read at each use, and a client
 * made anew when it has changed. Safe for use by several threads.
 */
final class AzureContainer {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** The first that lists from a name on. */
  private static final BlobServiceVersion VERSION = BlobServiceVersion.V2026_02_06;

  private final DestinationSpec spec;
  private final SecretReader secrets;
  private final HttpClient http;
  private @Nullable BlobContainerClient client;
  private Optional<String> known = Optional.empty();

  private AzureContainer(DestinationSpec spec, SecretReader secrets, HttpClient http) {
    this.spec = spec;
    this.secrets = secrets;
    this.http = http;
  }

  static AzureContainer of(DestinationSpec spec, SecretReader secrets) {
    java.net.http.HttpClient.Builder plain =
        java.net.http.HttpClient.newBuilder().version(java.net.http.HttpClient.Version.HTTP_1_1);
    return new AzureContainer(
        spec,
        secrets,
        new JdkHttpClientBuilder(plain)
            .connectionTimeout(CONNECT)
            .writeTimeout(IDLE)
            .responseTimeout(IDLE)
            .readTimeout(IDLE)
            .build());
  }

  /** An object of the container, whether it is there or not. */
  BlockBlobClient blob(String name) throws StoreFault {
    return client().getBlobClient(name).getBlockBlobClient();
  }

  synchronized BlobContainerClient client() throws StoreFault {
    Optional<String> secret = secret();
    BlobContainerClient now = client;
    if (now == null || !secret.equals(known)) {
      now = made(secret);
      client = now;
      known = secret;
    }
    return now;
  }

  private Optional<String> secret() throws StoreFault {
    Secret key = spec.secrets().getOrDefault("account_key", spec.secrets().get("sas"));
    try {
      return key == null ? Optional.empty() : Optional.of(secrets.read(key));
    } catch (Failure e) {
      throw new StoreFault(Sort.DENIED, "its secret cannot be read", new UnreadableSecret(e));
    }
  }

  private BlobContainerClient made(Optional<String> secret) throws StoreFault {
    BlobContainerClientBuilder builder =
        new BlobContainerClientBuilder()
            .httpClient(http)
            .endpoint(endpoint(spec.settings()))
            .containerName(spec.url().getAuthority())
            .serviceVersion(VERSION)
            .clientOptions(new ClientOptions().setApplicationId("tributary"))
            // a conditional write that is tried again unseen would be refused by its own first try
            .retryOptions(
                new RequestRetryOptions(
                    RetryPolicyType.FIXED, 1, (Duration) null, null, null, null));
    if (secret.isEmpty()) {
      builder.credential(AzureIdentity.ofThisMachine(http));
    } else if (spec.secrets().containsKey("account_key")) {
      builder.credential(key(account(spec.settings()), secret.orElseThrow()));
    } else {
      builder.sasToken(secret.orElseThrow());
    }
    return builder.buildClient();
  }

  private static StorageSharedKeyCredential key(String account, String key) throws StoreFault {
    try {
      Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      throw new StoreFault(Sort.DENIED, "its account key is not Base64", e);
    }
    return new StorageSharedKeyCredential(account, key);
  }

  private static String endpoint(Map<String, String> settings) {
    String endpoint = settings.get("endpoint");
    return endpoint == null ? "https://" + account(settings) + ".blob.core.windows.net" : endpoint;
  }

  private static String account(Map<String, String> settings) {
    String account = settings.get("account");
    if (account == null) {
      throw new IllegalArgumentException("a destination at az:// without 'account'");
    }
    return account;
  }
}
