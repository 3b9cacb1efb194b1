package dev.tributary.telemetry;

import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import dev.tributary.run.Outcome;
import dev.tributary.run.RunListener;
import dev.tributary.run.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What a listener is told of one job, as a pass would tell it. */
final class Told {

  static final JobName JOB = new JobName("climate");
  static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

  private Told() {}

  static Failure down() {
    return new Failure(Failure.Kind.UNREACHABLE, "cannot reach source 'plant': connection refused");
  }

  static Window hour(int before) {
    Instant start = NOW.minus(Duration.ofHours(before));
    return new Window(start, start.plus(Duration.ofHours(1)));
  }

  static Outcome.Settled settled(Window window, Outcome.How how, long rows) {
    return new Outcome.Settled(
        JOB,
        window,
        how,
        new Manifest(
            new Attempt(JOB, window, 1, "a", new Job.Hashes("q", "d"), 1, "plant", NOW, "1"),
            rows == 0 ? History.Status.EMPTY : History.Status.DONE,
            new Content(rows, Optional.empty(), Optional.empty(), "t:0", 2),
            List.of(),
            List.of(
                new Manifest.DataFile(new ObjectKey("climate/a b.parquet"), 4096, rows, "ab", "v")),
            NOW,
            Optional.empty()));
  }

  static Outcome.Settled done(Window window) {
    return settled(window, Outcome.How.PUBLISHED, 26);
  }

  static Outcome.Failed failed(Window window, Failure failure) {
    return new Outcome.Failed(JOB, window, failure, 4);
  }

  /** A history with these windows committed and those failed. */
  static History history(List<Window> committed, List<Window> failed) {
    NavigableMap<Instant, History.Failed> failures = new TreeMap<>();
    failed.forEach(
        window ->
            failures.put(
                window.start(), new History.Failed(window, NOW, 1, false, "q", "it failed")));
    return new History(
            Optional.empty(), new TreeMap<>(), failures, java.util.Set.of(), java.util.Map.of())
        .with(
            committed.stream()
                .map(each -> new History.Committed(each, History.Status.DONE, 1, "q"))
                .toList());
  }

  /** Everything that a listener can be told. */
  static void everything(RunListener listener) {
    listener.knew(JOB, history(List.of(hour(5)), List.of()));
    listener.planned(JOB, 6);
    for (Outcome.How how : Outcome.How.values()) {
      listener.began(JOB, hour(4));
      listener.wrote(JOB, hour(4), 26);
      listener.ended(settled(hour(4), how, 26));
    }
    listener.began(JOB, hour(3));
    for (Stage stage : Stage.values()) {
      listener.took(JOB, hour(3), stage, Duration.ofMillis(20));
    }
    listener.drifted(JOB, hour(3), new Drift(26, 27, 3, 2, 1, List.of(), List.of()));
    listener.revisited(settled(hour(3), Outcome.How.UNCHANGED, 26));
    listener.retrying(JOB, hour(3), down(), Duration.ofSeconds(2));
    listener.ended(failed(hour(3), down()));
    listener.refused(JOB, new Failure(Failure.Kind.CONFIGURATION, "cannot plan job 'climate': x"));
    listener.warned(JOB, "the clocks differ by 61s");
  }
}
