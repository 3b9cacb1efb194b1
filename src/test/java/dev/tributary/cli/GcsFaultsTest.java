package dev.tributary.cli;

import dev.tributary.job.DestinationSpec;
import dev.tributary.land.objectstore.GcsServer;
import java.net.URI;

/** Faults of Google Cloud Storage. */
class GcsFaultsTest extends StoreFaults {

  @Override
  URI store() {
    return GcsServer.endpoint();
  }

  @Override
  DestinationSpec spec() {
    return GcsServer.spec("x");
  }

  @Override
  String destination(DestinationSpec spec, URI relay) {
    return "url: '%s'\n    endpoint: %s".formatted(spec.url(), relay);
  }
}
