package dev.tributary.land.objectstore;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.SecretReader;
import dev.tributary.land.Destination;
import java.time.InstantSource;

/** Opens destinations in object stores by their address. */
public final class ObjectStores {

  private ObjectStores() {}

  /**
   * The destination of a definition; nothing is connected yet, and its secrets are read at each
   * use.
   *
   * @throws Failure of kind {@code CONFIGURATION} if no store has such an address
   */
  public static Destination open(DestinationSpec spec, SecretReader secrets, InstantSource clock)
      throws Failure {
    ObjectStore store = store(spec, secrets);
    return new ObjectDestination(
        spec.url(), new RetryingStore(store, new Patience(clock)), clock, spec.singleWriter());
  }

  private static ObjectStore store(DestinationSpec spec, SecretReader secrets) throws Failure {
    return switch (spec.url().getScheme()) {
      case "s3" -> S3Store.open(spec, secrets);
      case "az" -> AzureStore.open(spec, secrets);
      case "gs" -> GcsStore.open(spec, secrets);
      default ->
          throw new Failure(
              Kind.CONFIGURATION,
              "cannot open destination '"
                  + spec.name()
                  + "': there is no store for '"
                  + spec.url()
                  + "'; use file://, s3://, az:// or gs://");
    };
  }
}
