package dev.tributary.daemon;

import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.plan.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A due window and its place in the queue. */
record Candidate(Due due, Rank rank) implements Comparable<Candidate> {

  private static final Comparator<Candidate> ORDER =
      Comparator.<Candidate, Rank>comparing(Candidate::rank)
          .thenComparing(candidate -> candidate.due().window());

  /** Longest time before a source forgets rows that a window jumps the queue. */
  private static final Duration SOON = Duration.ofDays(1);

  /** What goes first. */
  enum Rank {
    /** The source is about to forget its rows. */
    LEAVING,
    /** The job's newest. */
    LIVE,
    /** Made up for. */
    CATCH_UP,
    /** Settled, and looked at again. */
    REVISIT,
    /** Failed for good before; it must not hold up the others. */
    FAILED
  }

  /** The due windows of one job, in the order in which they are to be taken. */
  static List<Candidate> ranked(Job job, List<Due> due, History history, Instant now) {
    List<Candidate> ranked = new ArrayList<>(due.size());
    Instant newest =
        due.stream().map(each -> each.window().start()).max(Instant::compareTo).orElse(now);
    for (Due each : due) {
      ranked.add(new Candidate(each, rank(job, each, newest, history, now)));
    }
    ranked.sort(null);
    return ranked;
  }

  private static Rank rank(Job job, Due due, Instant newest, History history, Instant now) {
    Instant start = due.window().start();
    History.Failed failed = history.failures().get(start);
    if (failed != null && failed.lasting()) {
      return Rank.FAILED;
    }
    if (due.reason() == Due.Reason.REVISIT) {
      return Rank.REVISIT;
    }
    if (job.ages().retention().map(kept -> isLeaving(start, kept, now)).orElse(false)) {
      return Rank.LEAVING;
    }
    return start.equals(newest) ? Rank.LIVE : Rank.CATCH_UP;
  }

  /** Whether rows are forgotten within a tenth of the time they are kept, at most a day. */
  private static boolean isLeaving(Instant start, Duration kept, Instant now) {
    Duration tenth = kept.dividedBy(10);
    Instant forgotten = start.plus(kept);
    return forgotten.isAfter(now)
        && !forgotten.minus(tenth.compareTo(SOON) < 0 ? tenth : SOON).isAfter(now);
  }

  @Override
  public int compareTo(Candidate other) {
    return ORDER.compare(this, other);
  }
}
