package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Destination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over jobs: settles every window that is due, several at once within the limits, and ends
 * when nothing is left or when it is told to stop. Use an instance once.
 */
public final class Pass {

  private static final Logger log = LoggerFactory.getLogger(Pass.class);

  private final Kit kit;
  private final Limits limits;
  private final StopSignal stop;
  private final RunListener listener;
  private final SourceClock clock;
  private final Retrying retrying;
  private final Map<String, Semaphore> sources = new ConcurrentHashMap<>();

  /**
   * How much a pass may do at once.
   *
   * @param runs windows at once, over all jobs
   * @param perJob windows of one job at once
   * @param noNewAfter no window is begun from then on
   */
  public record Limits(int runs, int perJob, Optional<Instant> noNewAfter) {}

  /** Prepares a pass. */
  public Pass(Kit kit, Limits limits, StopSignal stop, RunListener listener) {
    this.kit = kit;
    this.limits = limits;
    this.stop = stop;
    this.listener = listener;
    this.clock = new SourceClock(kit, listener);
    this.retrying = new Retrying(stop::pause, new Random(), listener);
  }

  /** Plans every lane, then works through all of them, and waits for the end. */
  public PassReport run(List<Lane> lanes, Order order) {
    ExecutorService workers = Executors.newFixedThreadPool(limits.runs());
    try {
      List<LaneRun> runs = lanes.stream().map(lane -> laneRun(lane, order)).toList();
      int bugs = await(workers, runs.stream().<Callable<Void>>map(run -> run::plan).toList());
      sweep(lanes, runs);
      List<Callable<Void>> shifts = new ArrayList<>();
      for (int each = 0; each < limits.perJob(); each++) {
        runs.forEach(run -> shifts.add(run::settleAll));
      }
      bugs += await(workers, shifts);
      bugs += await(workers, runs.stream().<Callable<Void>>map(run -> run::index).toList());
      return report(runs, bugs);
    } finally {
      workers.shutdownNow();
    }
  }

  /**
   * Removes what crashed writers left in staging, once something is due: whoever finds nothing due
   * asks for nothing more. That it stays is no reason not to work.
   */
  private void sweep(List<Lane> lanes, List<LaneRun> runs) {
    Map<Destination, Predicate<ObjectKey>> ours = new HashMap<>();
    lanes.forEach(
        lane -> ours.merge(lane.destination(), new Keys(lane.job()).shape()::fits, Predicate::or));
    Set<Destination> swept = new HashSet<>();
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(i);
      Predicate<ObjectKey> keys = ours.get(lane.destination());
      if (keys != null && runs.get(i).left() > 0 && swept.add(lane.destination())) {
        try {
          lane.destination().sweep(keys);
        } catch (Failure failure) {
          listener.warned(lane.job().name(), failure.sentence());
        }
      }
    }
  }

  private LaneRun laneRun(Lane lane, Order order) {
    Semaphore source =
        sources.computeIfAbsent(
            lane.job().source().name(), name -> new Semaphore(lane.job().source().maxQueries()));
    return new LaneRun(lane, order, source, clock, retrying, this::mayBegin, kit, listener);
  }

  private boolean mayBegin() {
    return !stop.isStopped()
        && limits.noNewAfter().map(end -> kit.clock().instant().isBefore(end)).orElse(true);
  }

  /** Runs tasks to their end; a task that threw was stopped by a mistake of ours. */
  private static int await(ExecutorService workers, List<Callable<Void>> tasks) {
    int bugs = 0;
    try {
      for (Future<Void> done : workers.invokeAll(tasks)) {
        try {
          done.get();
        } catch (ExecutionException e) {
          log.error("this is a bug in tributary, please report it", e.getCause());
          bugs++;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return bugs;
  }

  private static PassReport report(List<LaneRun> runs, int bugs) {
    List<Outcome> outcomes = new ArrayList<>();
    Map<JobName, Failure> refusals = new TreeMap<>();
    int left = 0;
    for (LaneRun run : runs) {
      outcomes.addAll(run.outcomes());
      run.refusal().ifPresent(failure -> refusals.put(run.job(), failure));
      left += run.left();
    }
    return new PassReport(outcomes, refusals, left, bugs);
  }
}
