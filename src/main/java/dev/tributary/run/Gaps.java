package dev.tributary.run;

import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.Coverage;
import dev.tributary.plan.WindowGrid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The windows of a job that have ended and have no manifest. */
record Gaps(Job job, History history, Instant now) implements Iterable<Window> {

  @Override
  public Iterator<Window> iterator() {
    List<Window> open = new ArrayList<>();
    if (job.windowing().isEmpty()) {
      return open.iterator();
    }
    WindowGrid grid = WindowGrid.of(job.windowing().orElseThrow().every(), job.zone());
    for (Coverage.Range range : Coverage.of(job, history, now)) {
      boolean settled = history.committed().containsKey(range.from());
      for (Window window = grid.containing(range.from());
          !settled && window.start().isBefore(range.to()) && !window.end().isAfter(now);
          window = grid.next(window)) {
        open.add(window);
      }
    }
    return open.iterator();
  }
}
