package dev.tributary.run;

import dev.tributary.encode.Census;
import dev.tributary.job.Attempt;
import dev.tributary.job.Bounds;
import dev.tributary.job.Content;
import dev.tributary.job.Expect;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import dev.tributary.plan.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a result must fulfil before anything of it becomes visible. */
final class Checks {

  private static final String INSIST =
      "; what is there stays; raise the job's 'guard', or insist once by '--force' beside"
          + " '--replace' or '--stale'";

  private final Job job;
  private final RunListener listener;

  /**
   * @param listener hears of what is published all the same
   */
  Checks(Job job, RunListener listener) {
    this.job = job;
    this.listener = listener;
  }

  void hold(Sight sight, Attempt attempt, Content content, Census census) throws Failure {
    timesInside(sight.window(), content);
    asExpected(sight.window(), content, census);
    Optional<Retention> cutting =
        Retention.of(job).filter(kept -> kept.hasCut(sight.window(), attempt.began()));
    if (sight.newest().isPresent()) {
      notEmptier(sight.newest().orElseThrow(), content, cutting);
    }
    cutting.ifPresent(
        kept ->
            listener.warned(
                job.name(),
                "window "
                    + sight.window()
                    + " is cut: the source keeps rows for "
                    + kept
                    + ", so its first ones were gone when it was queried at "
                    + attempt.began()));
  }

  /** A row outside its window means that the query does not keep to its bounds, or bins badly. */
  private void timesInside(Window window, Content content) throws Failure {
    if (job.isSnapshot() || content.first().isEmpty() || content.last().isEmpty()) {
      return;
    }
    if (!window.contains(content.first().orElseThrow())
        || !window.contains(content.last().orElseThrow())) {
      throw refused(
          window,
          "its rows reach from "
              + content.first().orElseThrow()
              + " to "
              + content.last().orElseThrow()
              + "; every row's time must lie inside the window: bound the query by $start and $end,"
              + " with a bin that divides the window");
    }
  }

  private void asExpected(Window window, Content content, Census census) throws Failure {
    List<String> breaches = breaches(job.expect(), content.rows(), census);
    if (breaches.isEmpty()) {
      return;
    }
    String what = String.join("; ", breaches);
    if (job.expect().warnOnly()) {
      listener.warned(job.name(), "window " + window + ": " + what + "; published all the same");
      return;
    }
    throw refused(window, what + "; nothing was published, the window stays open");
  }

  private static List<String> breaches(Expect expect, long rows, Census census) {
    List<String> breaches = new ArrayList<>();
    if (!expect.rows().hold(rows)) {
      breaches.add(rows + " rows came, expected " + expect.rows());
    }
    Bounds series = expect.series();
    if (!series.hold(census.series())) {
      String more = census.series() > Expect.MOST_SERIES ? "more than " : "";
      breaches.add(
          more
              + Math.min(census.series(), Expect.MOST_SERIES)
              + " series came, expected "
              + series);
    }
    if (rows > 0) {
      for (Map.Entry<String, Double> each : new TreeMap<>(expect.nullShares()).entrySet()) {
        nulls(each.getKey(), each.getValue(), rows, census).ifPresent(breaches::add);
      }
    }
    return breaches;
  }

  private static Optional<String> nulls(String column, double most, long rows, Census census) {
    if (!census.knows(column)) {
      return most >= 1
          ? Optional.empty()
          : Optional.of("column '" + column + "' is not there, expected nulls of at most " + most);
    }
    long nulls = census.nulls(column);
    double share = nulls / (double) rows;
    return share <= most
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "column '%s' is null in %d of %d rows, a share of %.3g, expected at most %s",
                column,
                nulls,
                rows,
                share,
                most));
  }

  /** A server that forgot rows, after a restart or a retention, must not take ours with it. */
  private void notEmptier(Manifest newest, Content content, Optional<Retention> cutting)
      throws Failure {
    double guard = job.expect().guard();
    long before = newest.content().rows();
    long lost = before - content.rows();
    if (before == 0 || guard >= 1) {
      return;
    }
    Window window = newest.attempt().window();
    if (lost / (double) before > guard) {
      throw refused(
          window,
          "the replacement has "
              + content.rows()
              + " rows, what is there has "
              + before
              + String.format(
                  Locale.ROOT,
                  ", a loss of %.3g where 'guard' allows %s",
                  lost / (double) before,
                  guard)
              + INSIST);
    }
    if (cutting.isPresent() && newest.status() != History.Status.CUT) {
      throw refused(
          window,
          "the source keeps rows for "
              + cutting.orElseThrow()
              + ", so the first ones of the replacement are gone, and what is there has them"
              + INSIST);
    }
  }

  private Failure refused(Window window, String what) {
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot publish window " + window + " of job '" + job.name() + "': " + what);
  }
}
