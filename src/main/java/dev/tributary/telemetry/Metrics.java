package dev.tributary.telemetry;

import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.run.Outcome;
import dev.tributary.run.RunListener;
import dev.tributary.run.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts and measures, for Prometheus. Labels are job names of the definitions and words of closed
 * sets, never a window, a message or anything that a server said, so that the number of series is
 * bounded by the definitions. Safe for use by several threads.
 */
public final class Metrics implements RunListener, AutoCloseable {

  /** Of the format that {@link #scrape} gives. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JobMeters jobs;
  private final ProcessMeters process;

  /** Begins at zero; ages are told by this clock. */
  public Metrics(InstantSource clock, String version) {
    this.jobs = new JobMeters(registry, clock);
    this.process = new ProcessMeters(registry, clock, version);
  }

  /** What concerns the process as a whole. */
  public ProcessMeters process() {
    return process;
  }

  /**
   * The jobs that there are now, with the age at which each is silent; the series of others end.
   */
  public void defined(Set<JobName> names, Map<JobName, Duration> maxAges) {
    jobs.keep(names, maxAges);
  }

  /** End of a job's newest complete window; nothing when it has none, which is told as infinite. */
  public void complete(JobName job, Optional<Instant> end) {
    jobs.of(job).complete(end);
  }

  /** How many windows of a job dropped out of its catch-up without ever being settled. */
  public void gaveUp(JobName job, int windows) {
    jobs.of(job).givenUp(windows);
  }

  /** How many windows of a job are due and have no manifest; those given up do not count. */
  public void missing(JobName job, int windows) {
    jobs.of(job).missing(windows);
  }

  @Override
  public void knew(JobName job, History history) {
    jobs.of(job).knew(history);
  }

  @Override
  public void planned(JobName job, int windows) {
    jobs.of(job).waiting(windows);
  }

  @Override
  public void began(JobName job, Window window) {
    jobs.of(job).began();
  }

  @Override
  public void took(JobName job, Window window, Stage stage, Duration time) {
    // a label for the job would make six histograms of each
    Timer.builder("tributary.stage")
        .description("Time of one try in one stage")
        .tag("stage", stage.name().toLowerCase(Locale.ROOT))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(time);
  }

  @Override
  public void retrying(JobName job, Window window, Failure failure, Duration pause) {
    count("tributary.retries", "Tries that failed and were followed by another", job, failure);
  }

  @Override
  public void split(JobName job, Window window, Window earlier, Window later, Failure refusal) {
    count("tributary.splits", "Refusals for size that were met by smaller pieces", job, refusal);
  }

  @Override
  public void drifted(JobName job, Window window, Drift drift) {
    jobs.of(job).drifted(drift);
  }

  @Override
  public void revisited(Outcome outcome) {
    Counter.builder("tributary.revisits")
        .description("Second looks at settled windows")
        .tag("job", outcome.job().value())
        .tag("outcome", Outcomes.wordOfRevisit(outcome))
        .register(registry)
        .increment();
  }

  @Override
  public void ended(Outcome outcome) {
    Counter.builder("tributary.runs")
        .description("Windows settled or failed")
        .tag("job", outcome.job().value())
        .tag("outcome", Outcomes.word(outcome))
        .register(registry)
        .increment();
    outcome.fold(
        new Outcome.Cases<@Nullable Void>() {
          @Override
          public @Nullable Void settled(Outcome.Settled settled) {
            jobs.of(settled.job()).settled(settled);
            return null;
          }

          @Override
          public @Nullable Void failed(Outcome.Failed failed) {
            jobs.of(failed.job()).over();
            failure(failed.job(), failed.failure());
            return null;
          }
        });
  }

  @Override
  public void refused(JobName job, Failure failure) {
    failure(job, failure);
  }

  @Override
  public void warned(JobName job, String message) {
    Counter.builder("tributary.warnings")
        .description("What an operator should know and what stops nothing")
        .tag("job", job.value())
        .register(registry)
        .increment();
  }

  private void failure(JobName job, Failure failure) {
    count("tributary.failures", "Windows that failed, and jobs that were refused", job, failure);
  }

  private void count(String name, String description, JobName job, Failure failure) {
    Counter.builder(name)
        .description(description)
        .tag("job", job.value())
        .tag("kind", Outcomes.word(failure.kind()))
        .register(registry)
        .increment();
  }

  /** Everything, in Prometheus's text format. */
  public String scrape() {
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    process.close();
    registry.close();
  }
}
