package dev.tributary.land.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.auth.Retryable;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Secret;
import dev.tributary.job.SecretReader;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Headers that say who asks: for a service account whose key the definition refers to, else for the
 * application's default credentials, and for nobody at a plain http endpoint without either. Safe
 * for use by several threads.
 */
final class GcsTokens {

  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

  private final @Nullable Secret account;
  private final SecretReader secrets;
  private final boolean anonymous;
  private @Nullable GoogleCredentials credentials;
  private String text = "";

  GcsTokens(DestinationSpec spec, SecretReader secrets, URI endpoint) {
    this.account = spec.secrets().get("credentials");
    this.secrets = secrets;
    this.anonymous = account == null && "http".equals(endpoint.getScheme());
  }

  /** The headers for a request, with a token that is fetched when the last one has grown old. */
  Map<String, List<String>> headers(URI address) throws StoreFault {
    if (anonymous) {
      return Map.of();
    }
    GoogleCredentials asking = account == null ? found() : given(account);
    try {
      return asking.getRequestMetadata(address);
    } catch (IOException e) {
      if (e instanceof Retryable answer && !answer.isRetryable()) {
        throw new StoreFault(Sort.DENIED, "the credentials were not accepted", e);
      }
      throw new StoreFault(Sort.UNCLEAR, "no token was given", e);
    }
  }

  /** Read at each use, so that a key that was replaced is the one that asks. */
  private synchronized GoogleCredentials given(Secret secret) throws StoreFault {
    String now;
    try {
      now = secrets.read(secret);
    } catch (Failure e) {
      throw new StoreFault(Sort.DENIED, "its secret cannot be read", new UnreadableSecret(e));
    }
    GoogleCredentials known = credentials;
    if (known != null && now.equals(text)) {
      return known;
    }
    try {
      GoogleCredentials read =
          ServiceAccountCredentials.fromStream(new ByteArrayInputStream(now.getBytes(UTF_8)))
              .createScoped(SCOPE);
      credentials = read;
      text = now;
      return read;
    } catch (IOException | IllegalArgumentException e) {
      throw new StoreFault(Sort.DENIED, "'credentials' is not a service account's key", e);
    }
  }

  private synchronized GoogleCredentials found() throws StoreFault {
    GoogleCredentials known = credentials;
    if (known != null) {
      return known;
    }
    try {
      GoogleCredentials read = GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
      credentials = read;
      return read;
    } catch (IOException e) {
      throw new StoreFault(Sort.DENIED, "no credentials were found", e);
    }
  }
}
