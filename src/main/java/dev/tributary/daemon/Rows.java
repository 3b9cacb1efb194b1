package dev.tributary.daemon;

import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.run.Outcome;
import dev.tributary.run.RunListener;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** How many rows of each window under way were written. Safe for use by several threads. */
final class Rows implements RunListener {

  private record Place(JobName job, Window window) {}

  private final Map<Place, Long> rows = new ConcurrentHashMap<>();

  OptionalLong of(JobName job, Window window) {
    Long known = rows.get(new Place(job, window));
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  @Override
  public void began(JobName job, Window window) {
    rows.put(new Place(job, window), 0L);
  }

  @Override
  public void wrote(JobName job, Window window, long written) {
    rows.put(new Place(job, window), written);
  }

  @Override
  public void ended(Outcome outcome) {
    rows.remove(new Place(outcome.job(), outcome.window()));
  }
}
