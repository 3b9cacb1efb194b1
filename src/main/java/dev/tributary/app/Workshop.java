package dev.tributary.app;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Source;
import dev.tributary.land.Destination;
import dev.tributary.ledger.Ledger;
import dev.tributary.query.BatchSource;
import dev.tributary.query.Memory;
import dev.tributary.run.Kit;
import dev.tributary.run.Lane;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Everything a command or the daemon works with: one memory budget, one connection to each source,
 * one open destination each. Safe for use by several threads; closing it frees all.
 */
public final class Workshop implements AutoCloseable {

  private final Memory memory;
  private final Connections connections;
  private final Kit kit;

  /**
   * Opens a workshop; nothing is connected before it is needed.
   *
   * @param memoryBytes the budget from which every run reserves
   */
  public Workshop(long memoryBytes, Map<String, String> environment, InstantSource clock) {
    this.memory = new Memory(memoryBytes);
    this.connections =
        new Connections(new Credentials(environment), memory, clock, new Proxies(environment));
    this.kit = new Kit(memory, clock, () -> UUID.randomUUID().toString(), Version.text());
  }

  public Kit kit() {
    return kit;
  }

  /** The job with everything it runs on. */
  public Lane lane(Job job) throws Failure {
    Destination destination = destination(job);
    return Lane.of(job, source(job.source()), destination, ledger(job), kit);
  }

  /** The job's ledger, which needs no source. */
  public Ledger ledger(Job job) throws Failure {
    return Ledger.of(destination(job), job.name(), kit.clock());
  }

  /** What the job's destination knows of its windows; asks for reading only. */
  public History history(Job job) throws Failure {
    return ledger(job).history();
  }

  /** Where the job's files go. */
  public Destination destination(Job job) throws Failure {
    return destination(job.target().destination());
  }

  /** Where files go. */
  public Destination destination(DestinationSpec spec) throws Failure {
    return connections.destination(spec);
  }

  /** Where rows come from. */
  public BatchSource source(Source source) {
    return connections.source(source);
  }

  /** Closes sources and destinations that none of these jobs names; they must not be in use. */
  public void keepOnly(Collection<Job> jobs) {
    connections.keepOnly(
        jobs.stream().map(Job::source).collect(Collectors.toSet()),
        jobs.stream().map(job -> job.target().destination()).collect(Collectors.toSet()));
  }

  /** Ends every query under way; what has its rows already may finish. */
  public void hangUp() {
    connections.hangUp();
  }

  @Override
  public void close() {
    connections.close();
    memory.close();
  }
}
