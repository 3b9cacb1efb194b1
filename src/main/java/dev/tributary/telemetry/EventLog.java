package dev.tributary.telemetry;

import dev.tributary.job.Drift;
import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import dev.tributary.run.Outcome;
import dev.tributary.run.RunListener;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs what a pass does, one line an event, in the words of the definitions. A failure says what
 * happens next and, where that is known, when. Safe for use by several threads.
 */
public final class EventLog implements RunListener {

  private static final Logger log = LoggerFactory.getLogger("tributary");

  private final InstantSource clock;
  private final Sequel sequel;

  /** What follows a failed window, for the operator. */
  @FunctionalInterface
  public interface Sequel {

    /** What a pass knows, which is not told when the next one comes. */
    Sequel OF_A_PASS =
        failed ->
            failed.failure().kind().retryable()
                ? "the next pass tries again"
                : "due again after 1h, doubling to 1d; at once when its query changes, or by name";

    /** A clause such as {@code "tried again at 2026-11-23T06:05:00Z"}. */
    String after(Outcome.Failed failed);
  }

  public EventLog(InstantSource clock, Sequel sequel) {
    this.clock = clock;
    this.sequel = sequel;
  }

  @Override
  public void planned(JobName job, int windows) {
    log.atDebug().addKeyValue("job", job).addKeyValue("windows", windows).log("job planned");
  }

  @Override
  public void began(JobName job, Window window) {
    about(log.atDebug(), job, window).log("window began");
  }

  @Override
  public void retrying(JobName job, Window window, Failure failure, Duration pause) {
    Duration wait = pause.truncatedTo(ChronoUnit.MILLIS);
    about(log.atWarn(), job, window)
        .addKeyValue("kind", Outcomes.word(failure.kind()))
        .addKeyValue("reason", failure.sentence())
        .addKeyValue("next", "tried again in " + Durations.text(wait))
        .addKeyValue("at", clock.instant().plus(wait).truncatedTo(ChronoUnit.MILLIS))
        .log("try failed");
  }

  @Override
  public void split(JobName job, Window window, Window earlier, Window later, Failure refusal) {
    about(log.atInfo(), job, window)
        .addKeyValue("kind", Outcomes.word(refusal.kind()))
        .addKeyValue("reason", refusal.sentence())
        .addKeyValue("next", "asked for " + earlier + " and " + later)
        .log("window split");
  }

  @Override
  public void drifted(JobName job, Window window, Drift drift) {
    about(log.atWarn(), job, window)
        .addKeyValue("drift", drift.summary())
        .addKeyValue("examples", String.join("; ", drift.examples()))
        .addKeyValue("next", "replaced by what the source says now")
        .log("window drifted");
  }

  @Override
  public void ended(Outcome outcome) {
    outcome.fold(
        new Outcome.Cases<@Nullable Void>() {
          @Override
          public @Nullable Void settled(Outcome.Settled settled) {
            tell(settled);
            return null;
          }

          @Override
          public @Nullable Void failed(Outcome.Failed failed) {
            about(log.atError(), failed.job(), failed.window())
                .addKeyValue("kind", Outcomes.word(failed.failure().kind()))
                .addKeyValue("attempts", failed.attempts())
                .addKeyValue("reason", failed.failure().sentence())
                .addKeyValue("next", sequel.after(failed))
                .log("window failed");
            return null;
          }
        });
  }

  private static void tell(Outcome.Settled settled) {
    Manifest manifest = settled.manifest();
    LoggingEventBuilder line =
        about(log.atInfo(), settled.job(), settled.window())
            .addKeyValue("rows", manifest.content().rows())
            .addKeyValue("bytes", Outcomes.bytes(manifest))
            .addKeyValue("generation", manifest.attempt().generation());
    if (!manifest.files().isEmpty()) {
      line = line.addKeyValue("file", manifest.files().get(0).key());
    }
    if (manifest.files().size() > 1) {
      line = line.addKeyValue("files", manifest.files().size());
    }
    line.log("window " + Outcomes.word(settled));
  }

  @Override
  public void refused(JobName job, Failure failure) {
    log.atError()
        .addKeyValue("job", job)
        .addKeyValue("kind", Outcomes.word(failure.kind()))
        .addKeyValue("reason", failure.sentence())
        .addKeyValue("next", "the next pass plans it again")
        .log("job refused");
  }

  @Override
  public void warned(JobName job, String message) {
    log.atWarn().addKeyValue("job", job).addKeyValue("reason", message).log("job warned");
  }

  private static LoggingEventBuilder about(LoggingEventBuilder line, JobName job, Window window) {
    LoggingEventBuilder begun = line.addKeyValue("job", job).addKeyValue("start", window.start());
    return window.isInstant() ? begun : begun.addKeyValue("end", window.end());
  }
}
