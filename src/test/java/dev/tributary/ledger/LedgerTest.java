package dev.tributary.ledger;

import static dev.tributary.ledger.ManifestSamples.JOB;
import static dev.tributary.ledger.ManifestSamples.NOW;
import static dev.tributary.ledger.ManifestSamples.START;
import static dev.tributary.ledger.ManifestSamples.attempt;
import static dev.tributary.ledger.ManifestSamples.hour;
import static dev.tributary.ledger.ManifestSamples.manifest;
import static dev.tributary.ledger.ManifestSamples.skipped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.Every;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.InMemoryDestination;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private final InMemoryDestination destination = new InMemoryDestination();
  private final Ledger ledger = ledger();

  private Ledger ledger() {
    return Ledger.of(destination, JOB, InstantSource.fixed(NOW));
  }

  @Test
  void aManifestLiesWhereTheLayoutSaysAndReadsBackAsItWas() throws Exception {
    Manifest written = manifest(hour(0), 1, "a1");
    assertThat(ledger.commit(written)).isEqualTo(new CommitResult.Ours(written));

    assertThat(destination.keys())
        .containsExactly(
            "_tributary/room-climate/windows/2026/11/20261121T230000Z_20261122T000000Z.g0001.json");
    assertThat(ledger.manifest(hour(0), 1)).contains(written);
    assertThat(ledger.newest(hour(0))).contains(written);
    assertThat(ledger.newest(hour(1))).isEmpty();
  }

  @Test
  void aSkippedWindowAndASnapshotReadBackAsTheyWere() throws Exception {
    Manifest skipped = skipped(hour(2), "a1");
    Manifest snapshot = manifest(Window.at(START), 1, "a2");
    ledger.commit(skipped);
    ledger.commit(snapshot);

    assertThat(ledger.newest(hour(2))).contains(skipped);
    assertThat(ledger.newest(Window.at(START))).contains(snapshot);
    assertThat(destination.keys().get(0)).endsWith("20261121T230000Z_20261121T230000Z.g0001.json");
    assertThat(ledger.history().committed().values())
        .extracting(History.Committed::window)
        .contains(Window.at(START));
  }

  @Test
  void theRivalWhoWasFasterStays() throws Exception {
    Manifest rival = manifest(hour(0), 1, "rival");
    ledger().commit(rival);

    assertThat(ledger.commit(manifest(hour(0), 1, "ours")))
        .isEqualTo(new CommitResult.Rivals(rival));
    assertThat(ledger.newest(hour(0))).contains(rival);
  }

  @Test
  void aLostAnswerIsSettledByLooking() throws Exception {
    Manifest ours = manifest(hour(0), 1, "ours");
    destination.loseAnswers(1);
    assertThat(ledger.commit(ours)).isEqualTo(new CommitResult.Ours(ours));

    destination.loseRequests(2);
    Manifest next = manifest(hour(1), 1, "ours");
    assertThat(ledger.commit(next)).isEqualTo(new CommitResult.Ours(next));
    assertThat(ledger.newest(hour(1))).contains(next);
  }

  @Test
  void aLostAnswerWithARivalAtTheKeyIsTheRivals() throws Exception {
    Manifest rival = manifest(hour(0), 1, "rival");
    destination.loseRequests(1);
    destination.beforePublish(
        key -> {
          destination.beforePublish(again -> {});
          destination.overwrite(key, Records.bytes(ManifestJson.write(rival)));
        });
    assertThat(ledger.commit(manifest(hour(0), 1, "ours")))
        .isEqualTo(new CommitResult.Rivals(rival));
  }

  @Test
  void anAnswerThatIsLostForGoodIsAFailureThatMayPass() {
    destination.loseRequests(99);
    assertFails(
        () -> ledger.commit(manifest(hour(0), 1, "ours")), Kind.UNREACHABLE, "connection broke");
  }

  @Test
  void theHighestGenerationIsTheTruth() throws Exception {
    for (int generation = 1; generation <= 3; generation++) {
      ledger.commit(manifest(hour(0), generation, "a" + generation));
    }
    assertThat(ledger.newest(hour(0)).orElseThrow().attempt().generation()).isEqualTo(3);
    assertThat(ledger.history().committed().values())
        .extracting(History.Committed::generation)
        .containsExactly(3);
    assertThat(ledger.manifests().next().orElseThrow().attempt().generation()).isEqualTo(3);
  }

  @Test
  void aNewerFormatIsNotGuessedAt() {
    ObjectKey key = damaged("{\"format\": 2, \"job\": \"room-climate\"}");
    assertFails(() -> ledger.newest(hour(0)), Kind.CONFIGURATION, key + "': it has format 2");
  }

  @Test
  void aDamagedManifestIsNamed() throws Exception {
    String whole = new String(Records.bytes(ManifestJson.write(manifest(hour(0), 1, "a"))), UTF_8);
    for (String text :
        List.of(
            "",
            "[]",
            "{",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"format\" : 1,", ""),
            whole.replace("\"rows\" : 26", "\"rows\" : -1"),
            whole.replace("\"rows\" : 26", "\"rows\" : \"26\""),
            whole.replace("done", "finished"),
            whole.replace("2026-11-21T23:00:00Z", "2027-11-21T23:00:00Z"),
            whole.replace("room-climate/a", "../room-climate/a"),
            whole.replace("\"generation\" : 1", "\"generation\" : 2"),
            whole.replace("\"job\" : \"room-climate\"", "\"job\" : \"other\""))) {
      ObjectKey key = damaged(text);
      assertFails(
          () -> ledger.newest(hour(0)), Kind.REFUSED, "cannot read 'memory:///" + key + "': it");
    }
  }

  @Test
  void readingOnAfterADamagedManifestFindsTheOthers() throws Exception {
    for (int i = 0; i < 4; i++) {
      ledger.commit(manifest(hour(i), 1, "a" + i));
    }
    damaged("{");
    Manifests manifests = ledger.manifests(START, START.plusSeconds(3 * 3600));

    assertThat(manifests.count()).isEqualTo(3);
    assertFails(manifests::next, Kind.REFUSED, "is not JSON");
    assertThat(manifests.next().orElseThrow().attempt().window()).isEqualTo(hour(1));
    assertThat(manifests.next().orElseThrow().attempt().window()).isEqualTo(hour(2));
    assertThat(manifests.next()).isEmpty();
  }

  @Test
  void theGridIsRecordedOnceAndKept() throws Exception {
    Grid first = grid(new Every.Fixed(Duration.ofHours(1)), "UTC", START);
    assertThat(ledger.recordGrid(first)).isEqualTo(first);
    assertThat(ledger().recordGrid(grid(first.every(), "UTC", START.plusSeconds(3600))))
        .isEqualTo(first);
    assertThat(ledger().history().grid()).contains(first);

    assertFails(
        () -> ledger().recordGrid(grid(Every.Calendar.DAY, "Europe/Berlin", START)),
        Kind.CONFIGURATION,
        "its windows are 1h in zone 'UTC' since 2026-11-23T01:00:00Z, and the definition says 1d in"
            + " zone 'Europe/Berlin'; go back to the first, or give the job a new name, with the end"
            + " of the old one's last window as its start");
  }

  @Test
  void everyLengthOfWindowsReadsBack() throws Exception {
    List<Every> lengths = new ArrayList<>(List.of(Every.Calendar.values()));
    for (int minutes = 1; minutes <= 720; minutes++) {
      if (Every.Fixed.fits(Duration.ofMinutes(minutes))) {
        lengths.add(new Every.Fixed(Duration.ofMinutes(minutes)));
      }
    }
    for (int i = 0; i < lengths.size(); i++) {
      Ledger other = Ledger.of(destination, new JobName("j" + i), InstantSource.fixed(NOW));
      other.recordGrid(grid(lengths.get(i), "Europe/Berlin", START));
      assertThat(other.grid().orElseThrow().every()).isEqualTo(lengths.get(i));
    }
  }

  @Test
  void failuresInARowAreCountedUntilTheQueryChangesOrTheWindowSettles() throws Exception {
    Failure lasting = new Failure(Kind.REFUSED, "cannot read 'cpu': no such column");
    ledger.recordFailure(hour(0), lasting, "q1", NOW);
    History.Failed second = ledger().recordFailure(hour(0), lasting, "q1", NOW.plusSeconds(9));

    assertThat(second)
        .isEqualTo(
            new History.Failed(
                hour(0), NOW.plusSeconds(9), 2, true, "q1", "cannot read 'cpu': no such column"));
    assertThat(ledger().history().failures().get(START)).isEqualTo(second);
    assertThat(ledger.recordFailure(hour(0), lasting, "q2", NOW).times()).isEqualTo(1);

    Failure passing = new Failure(Kind.UNREACHABLE, "cannot reach 'plant'");
    assertThat(ledger.recordFailure(hour(1), passing, "q1", NOW).lasting()).isFalse();
    ledger.commit(manifest(hour(0), 1, "a"));
    assertThat(ledger.history().failures()).containsOnlyKeys(hour(1).start());
    ledger.clearFailure(hour(1));
    assertThat(ledger.failures()).containsOnlyKeys(START);
  }

  @Test
  void aDamagedFailureIsForgotten() throws Exception {
    ledger.recordFailure(hour(0), new Failure(Kind.REFUSED, "no"), "q1", NOW);
    destination.overwrite(new ObjectKey(destination.keys().get(0)), new byte[] {'{'});

    assertThat(ledger.history().failures()).isEmpty();
  }

  @Test
  void anIntentMakesItsWindowPendingUntilItEnds() throws Exception {
    ledger.commit(manifest(hour(0), 1, "a1"));
    ledger.beginReplacement(attempt(hour(0), 2, "a2"));
    Intent first = ledger().beginReplacement(attempt(hour(0), 2, "later"));

    assertThat(first.attempt()).isEqualTo("a2");
    assertThat(ledger.pendingIntents()).containsExactly(first);
    assertThat(ledger().history().pending()).containsExactly(hour(0));

    ledger.commit(manifest(hour(0), 2, "a2"));
    // what the publication leaves behind is still to be cleared away
    assertThat(ledger().history().pending()).containsExactly(hour(0));
    ledger.endReplacement(hour(0), 2);
    assertThat(ledger.pendingIntents()).isEmpty();
    assertThat(ledger().history().pending()).isEmpty();
  }

  @Test
  void aSnapshotsInstantIsRecordedUnderItsDefinition() throws Exception {
    Instant first = ledger.snapshotInstant("sha256:d1", NOW.plusNanos(5));
    assertThat(first).isEqualTo(NOW);
    assertThat(ledger().snapshotInstant("sha256:d1", NOW.plusSeconds(60))).isEqualTo(NOW);
    assertThat(ledger.snapshotInstant("sha256:d2", NOW.plusSeconds(60)))
        .isEqualTo(NOW.plusSeconds(60));

    Instant next = ledger.newSnapshotInstant("sha256:d1", NOW);
    assertThat(next).isAfter(NOW);
    assertThat(ledger().snapshotInstant("sha256:d1", NOW.plusSeconds(90))).isEqualTo(next);
  }

  @Test
  void theJobsOfADestinationAreKnown() throws Exception {
    destination.overwrite(new ObjectKey("_tributary/staging/x.tmp"), new byte[0]);
    destination.overwrite(new ObjectKey("_tributary/NOT A JOB/x"), new byte[0]);
    ledger.commit(manifest(hour(0), 1, "a"));
    Ledger.of(destination, new JobName("cpu"), InstantSource.fixed(NOW)).snapshotInstant("d", NOW);

    assertThat(Ledger.jobs(destination)).containsExactly(new JobName("cpu"), JOB);
    assertThatThrownBy(
            () -> Ledger.of(destination, new JobName("staging"), InstantSource.fixed(NOW)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readingWritesNothing() throws Exception {
    ledger.history();
    ledger.newest(hour(0));
    ledger.newestSchema();
    ledger.pendingIntents();
    ledger.failures();
    ledger.grid();
    ledger.manifests().next();

    assertThat(destination.keys()).isEmpty();
  }

  private static Grid grid(Every every, String zone, Instant start) {
    return new Grid(every, ZoneId.of(zone), start, NOW);
  }

  private ObjectKey damaged(String text) {
    ObjectKey key = new LedgerKeys(JOB).manifest(hour(0), 1);
    destination.overwrite(key, text.getBytes(UTF_8));
    return key;
  }

  static void assertFails(ThrowingCallable call, Kind kind, String sentence) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.sentence()).contains(sentence).doesNotContain("Exception");
              assertThat(failure.kind()).isEqualTo(kind);
            });
  }
}
