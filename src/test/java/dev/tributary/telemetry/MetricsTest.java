package dev.tributary.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Told.NOW);
  private final Metrics metrics = new Metrics(now::get, "1.2.3");

  @AfterEach
  void close() {
    metrics.close();
  }

  /** The value of one series; absent when there is none. */
  private Optional<Double> value(String series) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> line.substring(series.length() + 1))
        .map(text -> text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text))
        .findFirst();
  }

  @Test
  void whatWasPublishedIsCountedAndWhatWasFoundIsNot() {
    metrics.ended(Told.done(Told.hour(2)));
    metrics.ended(Told.settled(Told.hour(2), Outcome.How.FOUND, 26));

    assertThat(value("tributary_rows_total{job=\"climate\"}")).contains(26.0);
    assertThat(value("tributary_bytes_total{job=\"climate\"}")).contains(4096.0);
    assertThat(value("tributary_timestamps_truncated_total{job=\"climate\"}")).contains(2.0);
    assertThat(value("tributary_runs_total{job=\"climate\",outcome=\"done\"}")).contains(1.0);
    assertThat(value("tributary_runs_total{job=\"climate\",outcome=\"found\"}")).contains(1.0);
  }

  @Test
  void aRevisitIsCountedByWhatItFoundAndLateRowsByWhatBecameOfThem() {
    metrics.revisited(Told.settled(Told.hour(9), Outcome.How.UNCHANGED, 26));
    metrics.revisited(Told.settled(Told.hour(8), Outcome.How.UNCHANGED, 26));
    metrics.drifted(Told.JOB, Told.hour(7), new Drift(26, 27, 3, 2, 1, List.of(), List.of()));
    metrics.revisited(Told.settled(Told.hour(7), Outcome.How.REPLACED, 27));
    metrics.revisited(
        Told.failed(Told.hour(6), new Failure(Failure.Kind.REFUSED, "the guard says no")));
    metrics.revisited(Told.failed(Told.hour(5), Told.down()));

    assertThat(revisits("unchanged")).contains(2.0);
    assertThat(revisits("replaced")).contains(1.0);
    assertThat(revisits("refused")).contains(1.0);
    assertThat(revisits("failed")).contains(1.0);
    assertThat(value("tributary_drift_rows_total{change=\"added\",job=\"climate\"}")).contains(3.0);
    assertThat(value("tributary_drift_rows_total{change=\"removed\",job=\"climate\"}"))
        .contains(2.0);
    assertThat(value("tributary_drift_rows_total{change=\"changed\",job=\"climate\"}"))
        .contains(1.0);
  }

  private Optional<Double> revisits(String outcome) {
    return value("tributary_revisits_total{job=\"climate\",outcome=\"" + outcome + "\"}");
  }

  @Test
  void gapsAreTheWindowsThatAreMissingNow() {
    metrics.missing(Told.JOB, 3);
    assertThat(value("tributary_windows_missing{job=\"climate\"}")).contains(3.0);
    metrics.missing(Told.JOB, 0);
    assertThat(value("tributary_windows_missing{job=\"climate\"}")).contains(0.0);
  }

  @Test
  void theAgeGrowsWithTheClockAndAnOlderWindowDoesNotMakeItOlder() {
    metrics.knew(Told.JOB, Told.history(List.of(Told.hour(9)), List.of()));
    assertThat(age()).contains(8 * 3600.0);

    metrics.ended(Told.done(Told.hour(3)));
    metrics.ended(Told.done(Told.hour(5)));
    assertThat(age()).contains(2 * 3600.0);

    now.set(Told.NOW.plusSeconds(90));
    assertThat(age()).contains(2 * 3600.0 + 90);
  }

  private Optional<Double> age() {
    return value("tributary_last_complete_window_age_seconds{job=\"climate\"}");
  }

  @Test
  void aJobWithoutAnyCompleteWindowIsInfinitelyOldOnceItsHistoryIsKnown() {
    metrics.planned(Told.JOB, 1);
    assertThat(age()).isEmpty();

    metrics.knew(Told.JOB, Told.history(List.of(), List.of()));
    assertThat(age()).contains(Double.POSITIVE_INFINITY);
  }

  @Test
  void whatRunsAndWhatWaitsIsSeenAsItChanges() {
    metrics.planned(Told.JOB, 3);
    metrics.began(Told.JOB, Told.hour(3));
    metrics.began(Told.JOB, Told.hour(2));
    metrics.ended(Told.failed(Told.hour(3), Told.down()));

    assertThat(value("tributary_windows_running")).contains(1.0);
    assertThat(value("tributary_windows_waiting")).contains(1.0);
    assertThat(value("tributary_failures_total{job=\"climate\",kind=\"unreachable\"}"))
        .contains(1.0);
  }

  @Test
  void theSeriesOfAJobEndWithItsDefinition() {
    Told.everything(metrics);
    JobName other = new JobName("other");
    metrics.planned(other, 1);

    metrics.defined(Set.of(other), Map.of(other, Duration.ofHours(2)));

    assertThat(metrics.scrape()).doesNotContain("climate").contains("job=\"other\"");
    assertThat(value("tributary_max_age_seconds{job=\"other\"}")).contains(7200.0);
    assertThat(value("tributary_windows_running")).contains(0.0);
  }

  @Test
  void noSeriesIsMadeOfWhatAServerSays() {
    for (int i = 0; i < 100; i++) {
      metrics.ended(
          Told.failed(
              Told.hour(i + 1), new Failure(Failure.Kind.REFUSED, "words of a server " + i)));
    }

    assertThat(metrics.scrape()).doesNotContain("words of a server");
    assertThat(metrics.scrape().lines().filter(line -> line.contains("job=\"climate\"")))
        .hasSizeLessThan(12);
  }

  @Test
  void aRefusedReloadIsCountedOnceHoweverOftenItIsLookedAt() {
    metrics.process().loaded(Told.NOW, 2, Optional.of(Told.NOW));
    metrics.process().loaded(Told.NOW, 2, Optional.of(Told.NOW));
    metrics.process().loaded(Told.NOW, 2, Optional.of(Told.NOW.plusSeconds(1)));

    assertThat(value("tributary_reload_failures_total")).contains(2.0);
    assertThat(value("tributary_definitions_broken")).contains(2.0);
    assertThat(value("tributary_build_info{version=\"1.2.3\"}")).contains(1.0);
  }
}
