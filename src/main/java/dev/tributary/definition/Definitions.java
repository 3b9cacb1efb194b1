package dev.tributary.definition;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was read: sound jobs to run, and everything there is to say about the rest.
 *
 * @param jobs the sound ones, by name
 * @param broken names of jobs whose definition is wrong
 * @param sources the sound ones
 * @param destinations the sound ones
 * @param limits of the process
 * @param diagnostics errors and warnings, by place
 * @param later keys a job uses that no command of this version carries out
 */
public record Definitions(
    List<Job> jobs,
    Set<String> broken,
    List<Source> sources,
    List<DestinationSpec> destinations,
    Limits limits,
    List<Diagnostic> diagnostics,
    Map<JobName, List<String>> later) {

  public Definitions {
    jobs = List.copyOf(jobs);
    broken = Set.copyOf(broken);
    sources = List.copyOf(sources);
    destinations = List.copyOf(destinations);
    diagnostics = List.copyOf(diagnostics);
    later = Map.copyOf(later);
  }

  /**
   * How much the process may use.
   *
   * @param memoryBytes budget from which every run reserves
   * @param runs windows at once
   * @param perJob windows of one job at once
   */
  public record Limits(long memoryBytes, int runs, int perJob) {}

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /** Keys of a job that are checked, but that no command of this version carries out. */
  public List<String> notYet(JobName job) {
    return later.getOrDefault(job, List.of());
  }
}
