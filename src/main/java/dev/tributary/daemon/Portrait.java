package dev.tributary.daemon;

import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.plan.Due;
import dev.tributary.plan.Outlook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * One job as it was at an instant, taken under the lock in a moment; what is to come is worked out
 * afterwards, without it.
 */
record Portrait(
    Job job,
    Optional<History> history,
    List<JobState.Running> running,
    List<JobState.Waiting> waiting,
    int due,
    int givenUp,
    int missing,
    Trouble trouble) {

  private static final int FIRES = 3;

  /**
   * @param rows of windows being settled, if known
   */
  static Portrait of(Post post, BiFunction<JobName, Window, OptionalLong> rows) {
    List<JobState.Running> running = new ArrayList<>();
    post.running()
        .forEach(
            (window, began) ->
                running.add(new JobState.Running(window, began, rows.apply(post.name(), window))));
    List<JobState.Waiting> waiting =
        post.waiting().stream()
            .limit(JobState.MOST_WAITING)
            .map(candidate -> waiting(candidate.due()))
            .toList();
    return new Portrait(
        post.job(),
        post.history(),
        running,
        waiting,
        running.size() + post.waiting().size(),
        post.givenUp(),
        missing(post, post.history().orElse(History.NONE)),
        post.trouble());
  }

  /** Windows without a manifest: those being settled, those in the queue, those that failed. */
  private static int missing(Post post, History history) {
    Set<Window> missing = new HashSet<>(post.running().keySet());
    for (Candidate candidate : post.waiting()) {
      if (candidate.due().reason() != Due.Reason.REVISIT) {
        missing.add(candidate.due().window());
      }
    }
    history.failures().values().forEach(failed -> missing.add(failed.window()));
    missing.removeIf(history::isSettled);
    return missing.size();
  }

  private static JobState.Waiting waiting(Due due) {
    String reason = due.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new JobState.Waiting(due.window(), reason, due.since());
  }

  JobState state(Instant now) {
    return new JobState(
        job.name(),
        next(now),
        running,
        waiting,
        due,
        history.flatMap(History::complete),
        job.ages().maxAge(),
        history.map(known -> new JobState.Past(known.failures().size(), givenUp, missing)),
        trouble.last(),
        trouble.problem());
  }

  private List<JobState.Fire> next(Instant now) {
    return Outlook.next(job, history.orElse(History.NONE), now, FIRES).stream()
        .map(upcoming -> new JobState.Fire(upcoming.window(), upcoming.fire()))
        .toList();
  }
}
