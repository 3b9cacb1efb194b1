package dev.tributary.daemon;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The daemon at one instant. Immutable.
 *
 * @param at the instant, by our clock
 * @param definitions the jobs it works by
 * @param scheduler its own health, whatever sources and destinations do
 * @param circuits sources that are left alone for a while
 * @param jobs by name
 */
public record DaemonState(
    Instant at,
    LoadedSet definitions,
    Scheduler scheduler,
    List<OpenCircuit> circuits,
    List<JobState> jobs) {

  public DaemonState {
    circuits = List.copyOf(circuits);
    jobs = List.copyOf(jobs);
  }

  /**
   * The definitions in force.
   *
   * @param path where they lie
   * @param version 1 at the start, one more at each reload that was taken over
   * @param since when they were taken over
   * @param jobs how many are sound
   * @param broken names of jobs whose definition is wrong, which do not run
   * @param refused the last reload, if it was refused and none was taken over since
   */
  public record LoadedSet(
      Path path,
      long version,
      Instant since,
      int jobs,
      List<String> broken,
      Optional<Refused> refused) {
    public LoadedSet {
      broken = List.copyOf(broken);
    }
  }

  /**
   * A reload that was not taken over.
   *
   * @param at when it was tried
   * @param why what is wrong, one line each, with place
   */
  public record Refused(Instant at, List<String> why) {
    public Refused {
      why = List.copyOf(why);
    }
  }

  /**
   * The loop that looks at all jobs.
   *
   * @param alive whether it went round lately: within three of its intervals
   * @param reconciled when it last looked at all jobs; absent before the first time
   * @param stopping whether no new window is taken
   * @param running windows being settled now
   * @param due windows that wait, of all jobs
   * @param ready whether the definitions are loaded and the first look is done
   */
  public record Scheduler(
      boolean alive,
      Optional<Instant> reconciled,
      boolean stopping,
      int running,
      int due,
      boolean ready) {}

  /**
   * A source that failed several times in a row.
   *
   * @param source its name
   * @param reason the last failure's sentence
   * @param probe when it is asked again, once
   */
  public record OpenCircuit(String source, String reason, Instant probe) {}
}
