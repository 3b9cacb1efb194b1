package dev.tributary.ledger;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Manifests as a run would make them. */
final class ManifestSamples {

  static final JobName JOB = new JobName("room-climate");
  static final Instant START = Instant.parse("2026-11-21T23:00:00Z");
  static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

  private ManifestSamples() {}

  static Window hour(int number) {
    Instant start = START.plusSeconds(3600L * number);
    return new Window(start, start.plusSeconds(3600));
  }

  static Attempt attempt(Window window, int generation, String id) {
    return new Attempt(
        JOB,
        window,
        generation,
        id,
        new Job.Hashes("q1", "d1"),
        1,
        "plant grpc://127.0.0.1:8181",
        NOW,
        "0.1.0");
  }

  static Manifest manifest(Window window, int generation, String id) {
    return new Manifest(
        attempt(window, generation, id),
        History.Status.DONE,
        new Content(
            26,
            Optional.of(window.start()),
            Optional.of(window.start().plusNanos(123)),
            "tdx1:00ff",
            3),
        List.of(
            new Column("time", "timestamp[us, UTC]", false),
            new Column("max temp", "double", true)),
        List.of(
            new Manifest.DataFile(
                new ObjectKey("room-climate/a \"b\" ü.parquet"), 4096, 26, "ab12", "77-4096-1")),
        NOW.plusSeconds(1),
        Optional.empty());
  }

  static Manifest skipped(Window window, String id) {
    return new Manifest(
        attempt(window, 1, id),
        History.Status.SKIPPED,
        new Content(0, Optional.empty(), Optional.empty(), "tdx1:0", 0),
        List.of(),
        List.of(),
        NOW,
        Optional.of("the sensor was off"));
  }
}
