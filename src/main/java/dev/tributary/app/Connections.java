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
import java.util.Set;

/**
 * Sources and destinations, each opened at its first use and shared from then on; all are closed
 * together. Safe for use by several threads.
 */
final class Connections implements AutoCloseable {

  private final SecretReader secrets;
  private final Memory memory;
  private final InstantSource clock;
  private final Proxies proxies;
  private final Map<Source, BatchSource> sources = new HashMap<>();
  private final Map<DestinationSpec, Destination> destinations = new HashMap<>();

  Connections(SecretReader secrets, Memory memory, InstantSource clock, Proxies proxies) {
    this.secrets = secrets;
    this.memory = memory;
    this.clock = clock;
    this.proxies = proxies;
  }

  synchronized BatchSource source(Source source) {
    return sources.computeIfAbsent(
        source, from -> FlightSource.open(proxies.on(from), secrets, memory));
  }

  synchronized Destination destination(DestinationSpec spec) throws Failure {
    Destination open = destinations.get(spec);
    if (open == null) {
      open = opened(spec);
      destinations.put(spec, open);
    }
    return open;
  }

  /** A local run must not load any vendor's client, which takes longer than many a whole run. */
  private Destination opened(DestinationSpec spec) throws Failure {
    return "file".equals(spec.url().getScheme())
        ? LocalDestination.open(spec)
        : ObjectStores.open(spec, secrets, clock);
  }

  /** Closes sources and destinations that are none of these. */
  synchronized void keepOnly(Set<Source> of, Set<DestinationSpec> at) {
    sources.entrySet().removeIf(each -> closed(of.contains(each.getKey()), each.getValue()));
    destinations.entrySet().removeIf(each -> closed(at.contains(each.getKey()), each.getValue()));
  }

  private static boolean closed(boolean kept, BatchSource source) {
    if (!kept) {
      source.close();
    }
    return !kept;
  }

  private static boolean closed(boolean kept, Destination destination) {
    if (!kept) {
      destination.close();
    }
    return !kept;
  }

  /** Ends every query under way; no source can be asked any more. */
  synchronized void hangUp() {
    sources.values().forEach(BatchSource::close);
  }

  @Override
  public synchronized void close() {
    sources.values().forEach(BatchSource::close);
    destinations.values().forEach(Destination::close);
  }
}
