package dev.tributary.land.objectstore;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;

/** Apart from everything else, for its library takes its time to load and few runs need it. */
final class AzureIdentity {

  private AzureIdentity() {}

  /** Environment, workload identity, managed identity or command line, whichever is there first. */
  static TokenCredential ofThisMachine(HttpClient http) {
    return new DefaultAzureCredentialBuilder().httpClient(http).build();
  }
}
