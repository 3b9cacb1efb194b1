package dev.tributary.run;

import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners as one, told in order. */
final class Chorus implements RunListener {

  private final List<RunListener> listeners;

  Chorus(List<RunListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  private void all(Consumer<RunListener> call) {
    listeners.forEach(call);
  }

  @Override
  public void knew(JobName job, History history) {
    all(each -> each.knew(job, history));
  }

  @Override
  public void planned(JobName job, int windows) {
    all(each -> each.planned(job, windows));
  }

  @Override
  public void began(JobName job, Window window) {
    all(each -> each.began(job, window));
  }

  @Override
  public void wrote(JobName job, Window window, long rows) {
    all(each -> each.wrote(job, window, rows));
  }

  @Override
  public void took(JobName job, Window window, Stage stage, Duration time) {
    all(each -> each.took(job, window, stage, time));
  }

  @Override
  public void retrying(JobName job, Window window, Failure failure, Duration pause) {
    all(each -> each.retrying(job, window, failure, pause));
  }

  @Override
  public void split(JobName job, Window window, Window earlier, Window later, Failure refusal) {
    all(each -> each.split(job, window, earlier, later, refusal));
  }

  @Override
  public void drifted(JobName job, Window window, Drift drift) {
    all(each -> each.drifted(job, window, drift));
  }

  @Override
  public void revisited(Outcome outcome) {
    all(each -> each.revisited(outcome));
  }

  @Override
  public void ended(Outcome outcome) {
    all(each -> each.ended(outcome));
  }

  @Override
  public void refused(JobName job, Failure failure) {
    all(each -> each.refused(job, failure));
  }

  @Override
  public void warned(JobName job, String message) {
    all(each -> each.warned(job, message));
  }
}
