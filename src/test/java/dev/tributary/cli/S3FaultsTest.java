package dev.tributary.cli;

import dev.tributary.job.DestinationSpec;
import dev.tributary.land.objectstore.S3Proxy;
import java.net.URI;

/** Faults of S3. */
class S3FaultsTest extends StoreFaults {

  @Override
  URI store() {
    return S3Proxy.endpoint();
  }

  @Override
  DestinationSpec spec() {
    return S3Proxy.spec("x");
  }

  @Override
  String destination(DestinationSpec spec, URI relay) {
    return StoreLake.bucket(spec, relay);
  }
}
