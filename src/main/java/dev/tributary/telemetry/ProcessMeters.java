package dev.tributary.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What is counted and known of the process. Safe for use by several threads. */
public final class ProcessMeters {

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final Counter failedReloads;
  private volatile int broken;
  private volatile int circuits;
  private volatile Optional<Instant> refused = Optional.empty();
  private volatile Instant loaded;
  private volatile Instant reconciled;

  ProcessMeters(MeterRegistry registry, InstantSource clock, String version) {
    this.registry = registry;
    this.clock = clock;
    this.loaded = clock.instant();
    this.reconciled = clock.instant();
    this.failedReloads =
        Counter.builder("tributary.reload.failures")
            .description("Definitions that were refused as a whole; the old ones stayed")
            .register(registry);
    Gauge.builder("tributary.definitions.broken", () -> broken)
        .description("Jobs whose definition is wrong")
        .register(registry);
    Gauge.builder("tributary.definitions.refused", () -> refused.isPresent() ? 1 : 0)
        .description("1 while newer definitions lie there that were refused")
        .register(registry);
    Gauge.builder("tributary.sources.left.alone", () -> circuits)
        .description("Sources not asked for a while, because they failed again and again")
        .register(registry);
    age("tributary.definitions.age", "Since the definitions in use were read", () -> loaded);
    age("tributary.reconcile.age", "Since the scheduler last looked", () -> reconciled);
    Gauge.builder("tributary.build.info", () -> 1)
        .description("Always 1; the label says which version runs")
        .tag("version", version)
        .register(registry);
    for (Delivery delivery : Delivery.values()) {
      notices(delivery);
    }
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collector.bindTo(registry);
  }

  /**
   * The definitions in force.
   *
   * @param since when they were taken up
   * @param brokenDefinitions jobs among them whose definition is wrong
   * @param refusedAt when newer ones were refused as a whole, if they were
   */
  public synchronized void loaded(
      Instant since, int brokenDefinitions, Optional<Instant> refusedAt) {
    loaded = since;
    broken = brokenDefinitions;
    if (refusedAt.isPresent() && !refusedAt.equals(refused)) {
      failedReloads.increment();
    }
    refused = refusedAt;
  }

  /** When the scheduler last looked at every job. */
  public void reconciled(Instant at) {
    reconciled = at;
  }

  /** How many sources are left alone for a while, because they failed again and again. */
  public void leftAlone(int sources) {
    circuits = sources;
  }

  /** What became of a notice. */
  public void notified(Delivery delivery) {
    notices(delivery).increment();
  }

  private Counter notices(Delivery delivery) {
    return Counter.builder("tributary.notices")
        .description("Notices to the webhook")
        .tag("result", delivery.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private void age(String name, String description, Supplier<Instant> since) {
    Gauge.builder(
            name,
            () -> Math.max(0, Duration.between(since.get(), clock.instant()).toMillis() / 1000.0))
        .description(description)
        .baseUnit("seconds")
        .register(registry);
  }

  void close() {
    collector.close();
  }
}
