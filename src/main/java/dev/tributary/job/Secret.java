package dev.tributary.job;

/**
 * A reference to a secret, never the secret itself: resolved at each use by {@link SecretReader},
 * so a rotated token is taken up without a restart and no record can print one.
 *
 * @param store where the secret is kept
 * @param name environment variable, absolute file path, or credential name
 */
public record Secret(Store store, String name) {

  /** Where secrets may be kept, with the word that names it in a reference. */
  public enum Store {
    ENV,
    FILE,
    CREDENTIAL
  }

  /** As the operator wrote it, {@code ${env:NAME}}: safe to print. */
  @Override
  public String toString() {
    return "${" + store.name().toLowerCase(java.util.Locale.ROOT) + ":" + name + "}";
  }
}
