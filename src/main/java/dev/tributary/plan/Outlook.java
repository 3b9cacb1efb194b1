package dev.tributary.plan;

import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the {@code plan} command shows of a job.
 *
 * @param plan what is due now, and why
 * @param next windows, or scheduled snapshots, that come next
 * @param olderQuery how many settled windows were made by another query than the present one
 */
public record Outlook(Plan plan, List<Upcoming> next, int olderQuery) {

  public Outlook {
    next = List.copyOf(next);
  }

  /**
   * A window, or a snapshot, to come.
   *
   * @param due when its end and its delay have passed
   * @param fire when the daemon makes it, with the offset in force then: the first fire of the
   *     schedule that is not before {@code due}; without a schedule, {@code due}; absent when the
   *     schedule never fires
   */
  public record Upcoming(Window window, Instant due, Optional<OffsetDateTime> fire) {}

  /**
   * The outlook of a job.
   *
   * @param recorded as in {@link Planner#due(Job, History, Optional, Instant, Mode)}
   * @param count how many windows to look ahead
   */
  public static Outlook of(
      Job job, History history, Optional<Instant> recorded, Instant now, int count) {
    Plan plan = Planner.due(job, history, recorded, now, Mode.RUN);
    return new Outlook(plan, next(job, history, now, count), olderQuery(job, history));
  }

  /** Windows, or scheduled snapshots, that come after an instant, at most {@code count}. */
  public static List<Upcoming> next(Job job, History history, Instant now, int count) {
    return job.windowing()
        .map(windowing -> windows(WindowPlan.of(job, windowing, history, now), count))
        .orElseGet(() -> snapshots(job, now, count));
  }

  private static List<Upcoming> windows(WindowPlan plan, int count) {
    List<Upcoming> next = new ArrayList<>();
    if (plan.problem().isPresent()) {
      return next;
    }
    Instant complete = plan.now().minus(plan.windowing().delay());
    Instant from = complete.isBefore(plan.start()) ? plan.start() : complete;
    Window window = plan.grid().containing(from);
    while (next.size() < count) {
      Instant due = plan.fallsDue(window);
      next.add(new Upcoming(window, due, fire(plan.job(), due)));
      window = plan.grid().next(window);
    }
    return next;
  }

  private static Optional<OffsetDateTime> fire(Job job, Instant due) {
    return job.schedule()
        .map(cron -> CronFires.next(cron, job.zone(), due.minusNanos(1)))
        .orElse(Optional.of(due))
        .map(instant -> instant.atZone(job.zone()).toOffsetDateTime());
  }

  private static List<Upcoming> snapshots(Job job, Instant now, int count) {
    List<Upcoming> next = new ArrayList<>();
    job.schedule()
        .map(cron -> CronFires.fires(cron, job.zone(), now, count))
        .orElse(List.of())
        .forEach(
            fire -> {
              Instant instant = fire.toInstant();
              next.add(new Upcoming(Window.at(instant), instant, Optional.of(fire)));
            });
    return next;
  }

  private static int olderQuery(Job job, History history) {
    return (int)
        history.committed().values().stream()
            .filter(done -> done.status() != History.Status.SKIPPED)
            .filter(done -> !done.queryHash().equals(job.hashes().query()))
            .count();
  }
}
