package dev.tributary.land.objectstore;

import dev.tributary.job.Secret;

/** What the references in the destinations of the tests' own stores stand for. */
public final class StoreSecrets {

  private StoreSecrets() {}

  /** The secret that a store was started with. */
  public static String of(Secret secret) {
    return secret.name().startsWith("AZURE") ? Azurite.ACCOUNT_KEY : S3Proxy.secret(secret);
  }
}
