package dev.tributary.definition;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Job;
import dev.tributary.job.Secret;
import dev.tributary.job.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was read: sound jobs to run, and everything there is to say about the rest.
 *
 * @param jobs the sound ones, by name
 * @param broken names of jobs whose definition is wrong
 * @param sources the sound ones
 * @param destinations the sound ones
 * @param limits of the process
 * @param daemon how the daemon behaves
 * @param notice whom to tell; absent when nobody
 * @param diagnostics errors and warnings, by place
 */
public record Definitions(
    List<Job> jobs,
    Set<String> broken,
    List<Source> sources,
    List<DestinationSpec> destinations,
    Limits limits,
    Daemon daemon,
    Optional<Notify> notice,
    List<Diagnostic> diagnostics) {

  public Definitions {
    jobs = List.copyOf(jobs);
    broken = Set.copyOf(broken);
    sources = List.copyOf(sources);
    destinations = List.copyOf(destinations);
    diagnostics = List.copyOf(diagnostics);
  }

  /**
   * How much the process may use.
   *
   * @param memoryBytes budget from which every run reserves
   * @param runs windows at once
   * @param perJob windows of one job at once
   */
  public record Limits(long memoryBytes, int runs, int perJob) {}

  /**
   * How the daemon behaves.
   *
   * @param bind address of the HTTP port
   * @param port of HTTP, 1 to 65535, or 0 to let the system choose
   * @param grace time to finish windows after SIGTERM
   * @param reconcile how often it looks for what is due
   * @param jsonLog whether log lines are JSON
   * @param logLevel the least that is logged, as the key has it
   */
  public record Daemon(
      String bind,
      int port,
      Duration grace,
      Duration reconcile,
      boolean jsonLog,
      String logLevel) {}

  /** What may be told. */
  public enum Occasion {
    /** A job began to fail. */
    FAILURE,
    /** It succeeded again. */
    RECOVERY,
    /** A job's newest window is older than its {@code max_age}. */
    SILENCE
  }

  /**
   * Whom to tell of what: exactly one of reference and address is present.
   *
   * @param reference where the webhook's URL is kept
   * @param address the URL itself, which holds no secret
   * @param on what is told; not empty
   */
  public record Notify(Optional<Secret> reference, Optional<URI> address, Set<Occasion> on) {
    public Notify {
      on = Set.copyOf(on);
    }
  }

  /** Whether anything is wrong; the sound jobs can be used none the less. */
  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
