package dev.tributary.cli;

import dev.tributary.job.DestinationSpec;
import dev.tributary.land.objectstore.Azurite;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Faults of Azure Blob Storage. */
class AzureFaultsTest extends StoreFaults {

  private static Azurite azurite;

  @BeforeAll
  static void startAzurite(@TempDir Path data) throws Exception {
    azurite = Azurite.start(data);
  }

  @AfterAll
  static void stopAzurite() {
    // where the program is not installed it did not start
    if (azurite != null) {
      azurite.close();
    }
  }

  @Override
  URI store() {
    return azurite.address();
  }

  @Override
  DestinationSpec spec() {
    return azurite.spec("x");
  }

  @Override
  String destination(DestinationSpec spec, URI relay) {
    return StoreLake.container(spec, relay + "/" + Azurite.ACCOUNT);
  }
}
