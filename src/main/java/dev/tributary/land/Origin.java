package dev.tributary.land;

import dev.tributary.job.Attempt;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;

/**
 * Whose an object is, where a destination keeps that beside the bytes: one look tells it without
 * reading them.
 *
 * @param job whose window it holds
 * @param window the window
 * @param generation 1 for the first publication, one more for each replacement
 * @param attempt id of the try that wrote it
 */
public record Origin(JobName job, Window window, int generation, String attempt) {

  /** The origin of everything that an attempt publishes. */
  public static Origin of(Attempt attempt) {
    return new Origin(attempt.job(), attempt.window(), attempt.generation(), attempt.id());
  }

  /** Whether it is a file of this job's window. */
  public boolean isOf(JobName job, Window window) {
    return this.job.equals(job) && this.window.equals(window);
  }
}
