package dev.tributary.telemetry;

import dev.tributary.job.Drift;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.ledger.Manifest;
import dev.tributary.run.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is counted and known of one job. Safe for use by several threads. */
final class JobMeter {

  private final JobName job;
  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Counter rows;
  private final Counter bytes;
  private final Counter truncated;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private volatile int givenUp;
  private volatile int missing;
  private volatile @Nullable Instant complete;
  private volatile @Nullable Duration maxAge;
  private boolean aged;
  private boolean alarmed;

  JobMeter(JobName job, MeterRegistry registry, InstantSource clock) {
    this.job = job;
    this.registry = registry;
    this.clock = clock;
    this.rows = counter("tributary.rows", "Rows published");
    this.bytes = counter("tributary.bytes", "Bytes of files published");
    this.truncated =
        counter("tributary.timestamps.truncated", "Timestamps whose last digits were cut");
    gauge("tributary.windows.given.up", "Windows that left the catch-up unsettled", () -> givenUp);
    gauge("tributary.windows.missing", "Windows that are due and not settled", () -> missing);
  }

  void waiting(int windows) {
    waiting.set(windows);
  }

  void began() {
    waiting.updateAndGet(now -> Math.max(0, now - 1));
    running.incrementAndGet();
  }

  void over() {
    running.updateAndGet(now -> Math.max(0, now - 1));
  }

  int running() {
    return running.get();
  }

  int waiting() {
    return waiting.get();
  }

  void givenUp(int windows) {
    givenUp = windows;
  }

  void missing(int windows) {
    missing = windows;
  }

  void drifted(Drift drift) {
    driftRows("added", drift.added());
    driftRows("removed", drift.removed());
    driftRows("changed", drift.changed());
  }

  private void driftRows(String change, long rows) {
    Counter.builder("tributary.drift.rows")
        .description("Rows of settled windows that late data changed")
        .tag("job", job.value())
        .tag("change", change)
        .register(registry)
        .increment((double) rows);
  }

  void settled(Outcome.Settled settled) {
    over();
    Manifest manifest = settled.manifest();
    if (settled.how() != Outcome.How.FOUND && settled.how() != Outcome.How.UNCHANGED) {
      rows.increment((double) manifest.content().rows());
      bytes.increment((double) Outcomes.bytes(manifest));
      truncated.increment((double) manifest.content().truncated());
    }
    complete(Optional.of(settled.window().end()));
  }

  void knew(History history) {
    complete(
        Optional.ofNullable(history.committed().lastEntry())
            .map(newest -> newest.getValue().window().end()));
  }

  synchronized void complete(Optional<Instant> end) {
    if (end.isPresent() && (complete == null || end.orElseThrow().isAfter(complete))) {
      complete = end.orElseThrow();
    }
    age();
  }

  private void age() {
    if (!aged) {
      aged = true;
      seconds(
          "tributary.last.complete.window.age",
          "Since the end of the newest complete window",
          this::since);
    }
  }

  /** A job without any complete window is infinitely old: silence that nobody can overlook. */
  private double since() {
    Instant end = complete;
    return end == null
        ? Double.POSITIVE_INFINITY
        : Math.max(0, Duration.between(end, clock.instant()).toMillis() / 1000.0);
  }

  synchronized void maxAge(@Nullable Duration age) {
    maxAge = age;
    if (age != null && !alarmed) {
      alarmed = true;
      seconds("tributary.max.age", "The age at which the job counts as silent", this::limit);
    }
  }

  /** No number once the definition names none: a comparison with it is never true. */
  private double limit() {
    Duration age = maxAge;
    return age == null ? Double.NaN : age.toMillis() / 1000.0;
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name)
        .description(description)
        .tag("job", job.value())
        .register(registry);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tag("job", job.value()).register(registry);
  }

  private void seconds(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value)
        .description(description)
        .baseUnit("seconds")
        .tag("job", job.value())
        .register(registry);
  }
}
