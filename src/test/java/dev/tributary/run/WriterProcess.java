package dev.tributary.run;

import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.land.Destination;
import dev.tributary.land.LocalDestination;
import dev.tributary.land.objectstore.ObjectStores;
import dev.tributary.land.objectstore.S3Proxy;
import dev.tributary.ledger.Ledger;
import dev.tributary.query.BatchSource;
import dev.tributary.query.FlightSource;
import dev.tributary.query.Memory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of its own that makes one pass over one job and, when asked to, halts at the n-th point
 * of its dealings with the destination, as a power cut would.
 */
public final class WriterProcess {

  /** The exit code of a process that halted where it was told to. */
  static final int HALTED = 99;

  /** Printed when the process stages its first file: from here on it publishes. */
  static final String WORKING = "working";

  private WriterProcess() {}

  /** Arguments: folder with definitions, instant of the clock, point to halt at (0 never). */
  public static void main(String[] args) throws Exception {
    int haltAt = Integer.parseInt(args[2]);
    AtomicInteger points = new AtomicInteger();
    AtomicBoolean working = new AtomicBoolean();
    PassReport report =
        pass(
            Path.of(args[0]),
            Instant.parse(args[1]),
            point -> {
              int reached = points.incrementAndGet();
              if (haltAt == 0
                  && point.equals("before stage")
                  && working.compareAndSet(false, true)) {
                System.out.println(WORKING);
              }
              if (reached == haltAt) {
                System.out.println(point);
                Runtime.getRuntime().halt(HALTED);
              }
            });
    report.refusals().values().forEach(failure -> System.out.println(failure.sentence()));
    for (Outcome outcome : report.outcomes()) {
      if (outcome instanceof Outcome.Failed failed) {
        System.out.println(failed.failure().sentence());
      }
    }
    boolean whole =
        report.refusals().isEmpty()
            && report.outcomes().stream().allMatch(Outcome.Settled.class::isInstance);
    System.exit(whole ? 0 : 1);
  }

  /** One pass over the only job of these definitions, with a hook at every destination call. */
  static PassReport pass(Path definitions, Instant now, HookedDestination.Hook hook)
      throws Exception {
    Definitions read = DefinitionReader.read(definitions);
    Job job = read.jobs().get(0);
    try (Memory memory = new Memory(64L << 20);
        BatchSource source = FlightSource.open(job.source(), secret -> "", memory);
        Destination destination = new HookedDestination(open(job.target().destination()), hook)) {
      return pass(job, source, destination, memory, InstantSource.fixed(now));
    }
  }

  private static Destination open(DestinationSpec spec) throws Failure {
    return "file".equals(spec.url().getScheme())
        ? LocalDestination.open(spec)
        : ObjectStores.open(
            spec,
            secret -> secret.name().equals("ACCESS") ? S3Proxy.ACCESS_KEY : S3Proxy.SECRET_KEY,
            InstantSource.system());
  }

  /** One pass over a job on parts that the caller chose. */
  static PassReport pass(
      Job job, BatchSource source, Destination destination, Memory memory, InstantSource clock) {
    return pass(job, source, destination, memory, clock, Order.DUE);
  }

  static PassReport pass(
      Job job,
      BatchSource source,
      Destination destination,
      Memory memory,
      InstantSource clock,
      Order order) {
    Kit kit = new Kit(memory, clock, () -> UUID.randomUUID().toString(), "test");
    Lane lane = Lane.of(job, source, destination, Ledger.of(destination, job.name(), clock), kit);
    return new Pass(
            kit, new Pass.Limits(1, 1, Optional.empty()), new StopSignal(), RunListener.NONE)
        .run(List.of(lane), order);
  }
}
