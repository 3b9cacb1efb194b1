package dev.tributary.run;

import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a result must fulfil before anything of it becomes visible. */
final class Checks {

  private static final Logger log = LoggerFactory.getLogger(Checks.class);

  private Checks() {}

  static void hold(Job job, Sight sight, Content content) throws Failure {
    timesInside(job, sight.window(), content);
    rowsExpected(job, sight.window(), content);
    if (sight.newest().isPresent()) {
      notEmptier(job, sight.newest().orElseThrow(), content);
    }
  }

  /** A row outside its window means that the query does not keep to its bounds, or bins badly. */
  private static void timesInside(Job job, Window window, Content content) throws Failure {
    if (job.isSnapshot() || content.first().isEmpty() || content.last().isEmpty()) {
      return;
    }
    if (!window.contains(content.first().orElseThrow())
        || !window.contains(content.last().orElseThrow())) {
      throw refused(
          job,
          window,
          "its rows reach from "
              + content.first().orElseThrow()
              + " to "
              + content.last().orElseThrow()
              + "; every row's time must lie inside the window: bound the query by $start and $end,"
              + " with a bin that divides the window");
    }
  }

  private static void rowsExpected(Job job, Window window, Content content) throws Failure {
    Job.Expect expect = job.expect();
    if (content.rows() >= expect.minRows() && content.rows() <= expect.maxRows()) {
      return;
    }
    String bounds =
        expect.maxRows() == Long.MAX_VALUE
            ? "at least " + expect.minRows()
            : expect.minRows() + " to " + expect.maxRows();
    String what = content.rows() + " rows came, expected " + bounds;
    if (expect.warnOnly()) {
      log.warn("job={} window={} {}; published all the same", job.name(), window, what);
      return;
    }
    throw refused(job, window, what + "; nothing was published, the window stays open");
  }

  /** A server that forgot rows, after a restart or a retention, must not take ours with it. */
  private static void notEmptier(Job job, Manifest newest, Content content) throws Failure {
    long before = newest.content().rows();
    if (content.rows() < before) {
      throw refused(
          job,
          newest.attempt().window(),
          "the replacement has "
              + content.rows()
              + " rows, what is there has "
              + before
              + "; what is there stays");
    }
  }

  private static Failure refused(Job job, Window window, String what) {
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot publish window " + window + " of job '" + job.name() + "': " + what);
  }
}
