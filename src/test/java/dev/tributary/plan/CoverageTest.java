package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tributary.job.Every;
import dev.tributary.job.History;
import dev.tributary.job.Job.Catchup;
import dev.tributary.job.Window;
import dev.tributary.plan.Coverage.State;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoverageTest {

  private static final Every HOUR = new Every.Fixed(Duration.ofHours(1));
  private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");

  @Test
  void everyWindowHasOneStateAndNeighboursAlikeAreOneRange() {
    History history =
        new Past()
            .grid(HOUR, "2026-11-22T00:00:00Z", "2026-11-22T03:10:00Z")
            .hours("2026-11-22T03:00:00Z", 2)
            .done(hour("2026-11-22T05:00:00Z"), History.Status.EMPTY, 1)
            .done(hour("2026-11-22T06:00:00Z"), History.Status.DONE, 2)
            .done(hour("2026-11-22T07:00:00Z"), History.Status.SKIPPED, 1)
            .failed("2026-11-22T08:00:00Z", "2026-11-22T09:06:00Z", 1, true)
            .history();

    assertThat(Coverage.of(Jobs.hourly().job(), history, NOW))
        .extracting(Coverage.Range::state, Coverage.Range::windows)
        .containsExactly(
            tuple(State.DUE, 3),
            tuple(State.DONE, 2),
            tuple(State.EMPTY, 1),
            tuple(State.REPLACED, 1),
            tuple(State.SKIPPED, 1),
            tuple(State.FAILED, 1),
            tuple(State.DUE, 1),
            tuple(State.WAITING, 1));
  }

  @Test
  void whatDroppedOutBeforeTheFirstRunIsNoAlarm() {
    History history =
        new Past().grid(HOUR, "2026-11-22T00:00:00Z", "2026-11-22T05:30:00Z").history();
    Jobs job = Jobs.hourly().catching(Catchup.within(Duration.ofHours(2)));

    assertThat(Coverage.of(job.job(), history, NOW))
        .extracting(Coverage.Range::state, Coverage.Range::windows)
        .containsExactly(
            tuple(State.BEFORE_FIRST_RUN, 3),
            tuple(State.GIVEN_UP, 5),
            tuple(State.DUE, 2),
            tuple(State.WAITING, 1));
  }

  @Test
  void windowsThatOverlapACommittedOneAreAConflict() {
    History history =
        new Past()
            .grid(HOUR, "2026-11-22T07:00:00Z", "2026-11-22T07:00:00Z")
            .done("2026-11-22T07:30:00Z", "2026-11-22T08:30:00Z")
            .history();

    assertThat(Coverage.of(Jobs.hourly().job(), history, NOW))
        .extracting(Coverage.Range::state, Coverage.Range::windows)
        .containsExactly(tuple(State.CONFLICT, 2), tuple(State.DUE, 1), tuple(State.WAITING, 1));
  }

  @Test
  void whatWasCommittedBeforeALaterStartIsStillShown() {
    History history =
        new Past()
            .grid(HOUR, "2026-11-22T05:00:00Z", "2026-11-22T05:00:00Z")
            .hours("2026-11-22T05:00:00Z", 2)
            .history();

    assertThat(Coverage.of(Jobs.hourly().from("2026-11-22T09:00:00Z").job(), history, NOW))
        .extracting(Coverage.Range::state, Coverage.Range::windows)
        .containsExactly(
            tuple(State.DONE, 2),
            tuple(State.BEFORE_FIRST_RUN, 2),
            tuple(State.DUE, 1),
            tuple(State.WAITING, 1));
  }

  @Test
  void anUnfinishedPublicationIsNeverGivenUp() {
    History history =
        new Past()
            .grid(HOUR, "2026-11-22T07:00:00Z", "2026-11-22T07:00:00Z")
            .pending("2026-11-22T07:00:00Z")
            .history();

    assertThat(Coverage.of(Jobs.hourly().catching(Catchup.NONE).job(), history, NOW))
        .extracting(Coverage.Range::state, Coverage.Range::windows)
        .containsExactly(
            tuple(State.DUE, 1),
            tuple(State.GIVEN_UP, 1),
            tuple(State.DUE, 1),
            tuple(State.WAITING, 1));
  }

  @Test
  void ofSnapshotsThereIsEveryInstantThatWasSettledOrFailed() {
    Window settled = Window.at(Instant.parse("2026-11-22T08:00:00Z"));
    Window failed = Window.at(Instant.parse("2026-11-22T07:00:00Z"));
    History history =
        new Past()
            .done(settled, History.Status.EMPTY, 1)
            .failed(failed, Instant.parse("2026-11-22T07:01:00Z"), 1, true)
            .history();

    assertThat(Coverage.of(Jobs.snapshot().at("0 * * * *").job(), history, NOW))
        .extracting(Coverage.Range::from, Coverage.Range::state)
        .containsExactly(tuple(failed.start(), State.FAILED), tuple(settled.start(), State.EMPTY));
  }

  @Test
  void whatIsBeingMadeIsRunningUnlessItIsSettled() {
    History history =
        new Past()
            .grid(HOUR, "2026-11-22T06:00:00Z", "2026-11-22T06:00:00Z")
            .hours("2026-11-22T06:00:00Z", 1)
            .failed("2026-11-22T07:00:00Z", "2026-11-22T08:06:00Z", 1, true)
            .history();
    Set<Instant> running =
        Set.of(Instant.parse("2026-11-22T06:00:00Z"), Instant.parse("2026-11-22T07:00:00Z"));

    assertThat(Coverage.of(Jobs.hourly().job(), history, NOW, running))
        .extracting(Coverage.Range::state, Coverage.Range::windows)
        .containsExactly(
            tuple(State.DONE, 1),
            tuple(State.RUNNING, 1),
            tuple(State.DUE, 2),
            tuple(State.WAITING, 1));
  }

  @Test
  void aSnapshotThatIsTriedAgainIsRunning() {
    Window settled = Window.at(Instant.parse("2026-11-22T08:00:00Z"));
    Window failed = Window.at(Instant.parse("2026-11-22T07:00:00Z"));
    History history =
        new Past()
            .done(settled, History.Status.EMPTY, 1)
            .failed(failed, Instant.parse("2026-11-22T07:01:00Z"), 1, true)
            .history();
    Set<Instant> running = Set.of(failed.start(), settled.start());

    assertThat(Coverage.of(Jobs.snapshot().at("0 * * * *").job(), history, NOW, running))
        .extracting(Coverage.Range::from, Coverage.Range::state)
        .containsExactly(tuple(failed.start(), State.RUNNING), tuple(settled.start(), State.EMPTY));
  }

  @Test
  void aJobOffItsRecordedGridHasNoCoverage() {
    History history =
        new Past()
            .grid(Every.Calendar.DAY, "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")
            .history();

    assertThat(Coverage.of(Jobs.hourly().job(), history, NOW)).isEmpty();
  }

  @Test
  void theOutlookNamesTheNextWindowsWithTheirFiresAndOffsets() {
    Jobs job = Jobs.windows(Every.Calendar.DAY).in(ZoneId.of("Europe/Berlin")).at("30 2 * * *");
    Instant now = Instant.parse("2026-10-24T12:00:00Z");
    History history = new Past().done("2026-10-22T22:00:00Z", "2026-10-23T22:00:00Z").history();

    Outlook outlook = Outlook.of(job.asking("q2").job(), history, Optional.empty(), now, 2);

    assertThat(outlook.olderQuery()).isEqualTo(1);
    assertThat(outlook.next())
        .extracting(upcoming -> upcoming.fire().orElseThrow())
        .containsExactly(
            OffsetDateTime.parse("2026-10-25T02:30+02:00"),
            OffsetDateTime.parse("2026-10-26T02:30+01:00"));
  }

  private static Window hour(String start) {
    Instant instant = Instant.parse(start);
    return new Window(instant, instant.plus(Duration.ofHours(1)));
  }
}
