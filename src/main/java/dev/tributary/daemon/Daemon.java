package dev.tributary.daemon;

import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.run.Kit;
import dev.tributary.run.Rounds;
import dev.tributary.run.RunListener;
import dev.tributary.run.SourceClock;
import dev.tributary.run.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles windows as they fall due, until it is told to stop. Safe for use by several threads; runs
 * once.
 */
public final class Daemon implements DaemonView, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  /** Time that windows whose rows are there get beyond the grace. */
  private static final Duration LAST_STEPS = Duration.ofSeconds(10);

  private final Kit kit;
  private final Lanes lanes;
  private final Supervisor supervisor;
  private final Workers workers = new Workers();
  private final StopSignal stop = new StopSignal();
  private final Staff staff = new Staff();
  private final Rows rows = new Rows();
  private final Roster roster;
  private final QuartzTicks ticks;
  private final Reload reload;
  private volatile boolean leftOver;
  private volatile long lastRound = System.nanoTime();
  private volatile Reconciled reconciled = new Reconciled(Instant.EPOCH, 0);

  private record Reconciled(Instant at, long rounds) {}

  /**
   * Prepares a daemon; nothing runs before {@link #run}.
   *
   * @param definitions reads what it is to do, at the start and at each reload
   * @param path where they lie, to be watched for changes
   * @param listener hears what happens to windows
   * @param environment of the process, which says who supervises it
   */
  public Daemon(
      Kit kit,
      Lanes lanes,
      Supplier<JobSet> definitions,
      Path path,
      RunListener listener,
      Map<String, String> environment) {
    this.kit = kit;
    this.lanes = lanes;
    this.supervisor = NotifySocket.of(environment);
    JobSet first = definitions.get();
    SourceClock clock = new SourceClock(kit, first.pace().reconcile(), System::nanoTime, listener);
    Random random = new Random();
    Rounds rounds = new Rounds(kit, clock, random, RunListener.all(List.of(rows, listener)));
    workers.resize(first.limits().runs());
    Crew crew = new Crew(lanes, kit, rounds, workers.looks(), workers.turns(), random, stop::pause);
    this.ticks = new QuartzTicks(this::look);
    this.roster = new Roster(crew, ticks);
    this.reload =
        new Reload(kit, first, path, definitions, new ConfigWatch(path), this::assign, supervisor);
  }

  private void look(JobName job) {
    roster.look(job);
  }

  private void assign(JobSet set) {
    workers.resize(set.limits().runs());
    roster.assign(staff.posts(set, roster), set);
    leftOver = true;
    roster.reconcile();
  }

  /** Looks at all jobs again and again, on this thread, until {@link #stop}. */
  public void run() {
    reload.begin();
    while (!stop.isStopped()) {
      roster.reconcile();
      lastRound = System.nanoTime();
      if (reconciled.rounds() == 0) {
        supervisor.tell("READY=1", status());
      }
      reconciled = new Reconciled(kit.clock().instant(), reconciled.rounds() + 1);
      // the one place from which a sign of life goes out: whoever hangs above gives none
      supervisor.tell("WATCHDOG=1", status());
      closeWhatIsLeftOver();
      stop.pause(interval());
    }
  }

  /** After a reload, and once nothing runs that may still use what it made superfluous. */
  private void closeWhatIsLeftOver() {
    if (leftOver && roster.running() == 0) {
      leftOver = false;
      lanes.keepOnly(reload.current().jobs());
    }
  }

  private Duration interval() {
    Duration reconcile = reload.current().pace().reconcile();
    return supervisor
        .patience()
        .map(patience -> patience.dividedBy(2))
        .filter(half -> half.compareTo(reconcile) < 0)
        .orElse(reconcile);
  }

  private String status() {
    return "STATUS="
        + reload.current().jobs().size()
        + " jobs, "
        + roster.running()
        + " windows under way";
  }

  /** Looks at all jobs now. */
  void reconcile() {
    roster.reconcile();
  }

  /** Whether the first look at all jobs is done. */
  boolean isReady() {
    return reconciled.rounds() > 0;
  }

  /** Reads the definitions again, as soon as whatever else is read is done. */
  public void reload() {
    reload.request();
  }

  /**
   * Takes no new window, gives those under way the time of grace, and breaks off the rest.
   *
   * @return whether work was left
   */
  public boolean stop() {
    JobSet.Pace pace = reload.current().pace();
    supervisor.tell(
        "STOPPING=1",
        "EXTEND_TIMEOUT_USEC=" + pace.grace().plus(LAST_STEPS).plusSeconds(5).toMillis() * 1000);
    roster.stop();
    stop.stop();
    reload.close();
    ticks.close();
    try {
      if (!roster.awaitIdle(pace.grace())) {
        log.warn("{} windows were not done within the grace time", roster.running());
        lanes.hangUp();
        roster.awaitIdle(LAST_STEPS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return roster.leavesWork();
  }

  @Override
  public DaemonState state() {
    Instant now = kit.clock().instant();
    List<Portrait> portraits = roster.each(post -> Portrait.of(post, rows::of));
    int running = portraits.stream().mapToInt(each -> each.running().size()).sum();
    int due = portraits.stream().mapToInt(Portrait::due).sum();
    Duration silence = Duration.ofNanos(System.nanoTime() - lastRound);
    boolean ready = reconciled.rounds() > 0;
    return new DaemonState(
        now,
        reload.loaded(),
        new DaemonState.Scheduler(
            silence.compareTo(interval().multipliedBy(3)) < 0,
            ready ? Optional.of(reconciled.at()) : Optional.empty(),
            stop.isStopped(),
            running,
            due - running,
            ready),
        staff.open(),
        portraits.stream().map(portrait -> portrait.state(now)).toList());
  }

  @Override
  public Optional<History> history(JobName job) {
    return roster.of(job, Post::history);
  }

  @Override
  public Optional<Instant> nextTry(JobName job, Window window) {
    return roster.of(job, post -> post.nextTry(window));
  }

  /** Ends all threads. */
  @Override
  public void close() {
    roster.stop();
    stop.stop();
    reload.close();
    ticks.close();
    workers.close();
    supervisor.close();
  }
}
