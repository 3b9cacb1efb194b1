package dev.tributary.app;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.SecretReader;
import dev.tributary.job.Source;
import dev.tributary.land.Destination;
import dev.tributary.land.LocalDestination;
import dev.tributary.land.objectstore.ObjectStores;
import dev.tributary.query.BatchSource;
import dev.tributary.query.FlightSource;
import dev.tributary.query.Memory;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Sources and destinations, each opened at its first use and shared from then on; all are closed
 * together. Safe for use by several threads.
 */
final class Connections implements AutoCloseable {

  private final SecretReader secrets;
  private final Memory memory;
  private final InstantSource clock;
  private final Map<String, BatchSource> sources = new HashMap<>();
  private final Map<String, Destination> destinations = new HashMap<>();

  Connections(SecretReader secrets, Memory memory, InstantSource clock) {
    this.secrets = secrets;
    this.memory = memory;
    this.clock = clock;
  }

  synchronized BatchSource source(Source source) {
    return sources.computeIfAbsent(
        source.name(), name -> FlightSource.open(source, secrets, memory));
  }

  synchronized Destination destination(DestinationSpec spec) throws Failure {
    Destination open = destinations.get(spec.name());
    if (open == null) {
      open = opened(spec);
      destinations.put(spec.name(), open);
    }
    return open;
  }

  /** A local run must not load any vendor's client, which takes longer than many a whole run. */
  private Destination opened(DestinationSpec spec) throws Failure {
    return "file".equals(spec.url().getScheme())
        ? LocalDestination.open(spec)
        : ObjectStores.open(spec, secrets, clock);
  }

  @Override
  public synchronized void close() {
    sources.values().forEach(BatchSource::close);
    destinations.values().forEach(Destination::close);
  }
}
