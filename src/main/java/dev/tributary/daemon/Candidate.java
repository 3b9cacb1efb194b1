package dev.tributary.daemon;

import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.plan.Due;
import dev.tributary.plan.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A due window and its place in the queue. */
record Candidate(Due due, Rank rank) implements Comparable<Candidate> {

  private static final Comparator<Candidate> ORDER =
      Comparator.<Candidate, Rank>comparing(Candidate::rank)
          .thenComparing(candidate -> candidate.due().window());

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
    if (Retention.of(job).filter(kept -> kept.isLeaving(due.window(), now)).isPresent()) {
      return Rank.LEAVING;
    }
    return start.equals(newest) ? Rank.LIVE : Rank.CATCH_UP;
  }

  @Override
  public int compareTo(Candidate other) {
    return ORDER.compare(this, other);
  }
}
