package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Every;
import dev.tributary.job.History;
import dev.tributary.job.Job.Catchup;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final Every HOUR = new Every.Fixed(Duration.ofHours(1));

  @Test
  void aWindowIsDueWhenItsEndAndItsDelayHavePassed() {
    Jobs job = Jobs.hourly().from("2026-11-22T00:00:00Z");

    assertThat(starts(due(job, new Past(), "2026-11-22T02:04:59Z")))
        .containsExactly("2026-11-22T00:00:00Z");
    assertThat(starts(due(job, new Past(), "2026-11-22T02:05:00Z")))
        .containsExactly("2026-11-22T00:00:00Z", "2026-11-22T01:00:00Z");
  }

  @Test
  void withoutAStartTheFirstWindowIsTheNewestCompleteOne() {
    Plan plan = due(Jobs.hourly(), new Past(), "2026-11-22T09:30:00Z");

    assertThat(starts(plan)).containsExactly("2026-11-22T08:00:00Z");
    assertThat(plan.start()).contains(Instant.parse("2026-11-22T08:00:00Z"));
  }

  @Test
  void holesAreMadeUpOldestFirstAndSettledWindowsAreNot() {
    Past past =
        new Past()
            .grid(HOUR, "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z")
            .hours("2026-11-22T00:00:00Z", 2)
            .hours("2026-11-22T03:00:00Z", 1);

    assertThat(starts(due(Jobs.hourly(), past, "2026-11-22T05:05:00Z")))
        .containsExactly("2026-11-22T02:00:00Z", "2026-11-22T04:00:00Z");
  }

  @Test
  void catchUpReachesBackFromTheInstantAWindowFellDue() {
    Jobs job =
        Jobs.hourly().from("2026-11-01T00:00:00Z").catching(Catchup.within(Duration.ofHours(2)));

    assertThat(starts(due(job, new Past(), "2026-11-22T05:05:00Z")))
        .containsExactly("2026-11-22T02:00:00Z", "2026-11-22T03:00:00Z", "2026-11-22T04:00:00Z");
    assertThat(starts(due(job, new Past(), "2026-11-22T05:05:01Z")))
        .containsExactly("2026-11-22T03:00:00Z", "2026-11-22T04:00:00Z");
    assertThat(starts(due(job.catching(Catchup.NONE), new Past(), "2026-11-22T05:30:00Z")))
        .containsExactly("2026-11-22T04:00:00Z");
  }

  @Test
  void aClockSetBackMakesNothingDueAgain() {
    Past past =
        new Past()
            .grid(HOUR, "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z")
            .hours("2026-11-22T00:00:00Z", 9);

    assertThat(due(Jobs.hourly(), past, "2026-11-22T05:30:00Z").due()).isEmpty();
    assertThat(due(Jobs.hourly(), past, "2026-11-20T05:30:00Z").due()).isEmpty();
  }

  @Test
  void aWindowThatFailedForGoodWaitsAnHourThenTwiceAsLongAtMostADay() {
    Jobs job = Jobs.hourly().from("2026-11-22T00:00:00Z").catching(Catchup.NONE);
    String start = "2026-11-22T08:00:00Z";

    Past once = new Past().failed(start, "2026-11-22T09:06:00Z", 1, true);
    assertThat(due(job, once, "2026-11-22T09:30:00Z").due()).isEmpty();
    assertThat(due(job, once, "2026-11-22T10:04:00Z").due()).isEmpty();
    Jobs all = job.catching(Catchup.ALL);
    assertThat(starts(due(all, once, "2026-11-22T10:06:00Z"))).contains(start);
    Past thrice = new Past().failed(start, "2026-11-22T09:06:00Z", 3, true);
    assertThat(starts(due(all, thrice, "2026-11-22T13:05:59Z"))).doesNotContain(start);
    assertThat(starts(due(all, thrice, "2026-11-22T13:06:00Z"))).contains(start);
    Past often = new Past().failed(start, "2026-11-22T09:06:00Z", 99, true);
    assertThat(starts(due(all, often, "2026-11-23T09:05:59Z"))).doesNotContain(start);
    assertThat(starts(due(all, often, "2026-11-23T09:06:00Z"))).contains(start);
  }

  @Test
  void anotherQueryAndAPassingFailureAreTriedAtOnce() {
    Jobs job = Jobs.hourly().from("2026-11-22T08:00:00Z");
    String start = "2026-11-22T08:00:00Z";
    Past lasting = new Past().failed(start, "2026-11-22T09:06:00Z", 1, true);
    Past passing = new Past().failed(start, "2026-11-22T09:06:00Z", 1, false);

    assertThat(due(job.asking("q2"), lasting, "2026-11-22T09:07:00Z").due())
        .extracting(Due::reason)
        .containsExactly(Due.Reason.QUERY_CHANGED);
    assertThat(due(job, passing, "2026-11-22T09:07:00Z").due())
        .extracting(Due::reason)
        .containsExactly(Due.Reason.RETRY);
  }

  @Test
  void anUnfinishedPublicationIsDueEvenWhereTheWindowIsSettledOrOutOfReach() {
    Past past =
        new Past()
            .grid(HOUR, "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z")
            .hours("2026-11-22T00:00:00Z", 5)
            .pending("2026-11-22T01:00:00Z");

    assertThat(due(Jobs.hourly().catching(Catchup.NONE), past, "2026-11-22T05:30:00Z").due())
        .extracting(Due::reason)
        .containsExactly(Due.Reason.PENDING);
  }

  @Test
  void aWindowThatOverlapsACommittedOneIsAConflictAndNeverDue() {
    Past past = new Past().done("2026-11-22T00:30:00Z", "2026-11-22T01:30:00Z");
    Jobs job = Jobs.hourly().from("2026-11-22T00:00:00Z");

    Plan plan = due(job, past, "2026-11-22T03:05:00Z");

    assertThat(starts(plan)).containsExactly("2026-11-22T02:00:00Z");
    assertThat(plan.conflicts())
        .extracting(conflict -> conflict.window().start().toString())
        .containsExactly("2026-11-22T00:00:00Z", "2026-11-22T01:00:00Z");
  }

  @Test
  void aChangedGridIsAProblemAndAnEarlierStartIsNot() {
    Past past =
        new Past()
            .grid(Every.Calendar.DAY, "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")
            .done("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z");
    Jobs days = Jobs.windows(Every.Calendar.DAY);

    assertThat(due(Jobs.hourly(), past, "2026-11-22T00:00:00Z").problem().orElseThrow())
        .contains("1d", "1h");
    assertThat(due(days.in(ZoneId.of("Europe/Berlin")), past, "2026-11-22T00:00:00Z").problem())
        .isPresent();
    assertThat(starts(due(days.from("2026-11-18T00:00:00Z"), past, "2026-11-21T12:00:00Z")))
        .containsExactly("2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z");
    assertThat(due(days.from("2026-11-18T06:00:00Z"), past, "2026-11-22T00:00:00Z").problem())
        .hasValueSatisfying(
            text -> assertThat(text).contains("2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z"));
  }

  @Test
  void theDaemonWaitsForTheScheduleAndRunDoesNot() {
    Jobs job = Jobs.windows(Every.Calendar.DAY).from("2026-11-21T00:00:00Z").at("15 2 * * *");
    Instant before = Instant.parse("2026-11-22T02:14:59Z");
    Instant fire = Instant.parse("2026-11-22T02:15:00Z");

    assertThat(Planner.due(job.job(), History.NONE, before, Mode.RUN).due()).hasSize(1);
    assertThat(Planner.due(job.job(), History.NONE, before, Mode.DAEMON).due()).isEmpty();
    assertThat(Planner.due(job.job(), History.NONE, fire, Mode.DAEMON).due()).hasSize(1);
  }

  @Test
  void ofAScheduledSnapshotOnlyTheLatestFireIsDue() {
    Jobs job = Jobs.snapshot().at("0 * * * *");
    Instant fire = Instant.parse("2026-11-22T08:00:00Z");

    assertThat(due(job, new Past(), "2026-11-22T08:59:59Z").due())
        .containsExactly(new Due(Window.at(fire), Due.Reason.NEW, fire));
    Past done = new Past().done(Window.at(fire), History.Status.DONE, 1);
    assertThat(due(job, done, "2026-11-22T08:59:59Z").due()).isEmpty();
    assertThat(starts(due(job, done, "2026-11-22T09:00:00Z")))
        .containsExactly("2026-11-22T09:00:00Z");
  }

  @Test
  void aSnapshotWithoutAScheduleIsDueOncePerDefinitionAndWhenAsked() {
    Instant recorded = Instant.parse("2026-11-22T08:00:00Z");
    Instant now = Instant.parse("2026-11-22T09:00:00.123456789Z");
    History none = History.NONE;
    History done = new Past().done(Window.at(recorded), History.Status.DONE, 1).history();
    Jobs job = Jobs.snapshot();

    assertThat(starts(Planner.due(job.job(), none, Optional.empty(), now, Mode.RUN)))
        .containsExactly("2026-11-22T09:00:00.123Z");
    assertThat(starts(Planner.due(job.job(), none, Optional.of(recorded), now, Mode.RUN)))
        .containsExactly("2026-11-22T08:00:00Z");
    assertThat(Planner.due(job.job(), done, Optional.of(recorded), now, Mode.RUN).due()).isEmpty();
    assertThat(starts(Planner.due(job.job(), done, Optional.of(recorded), now, Mode.NOW)))
        .containsExactly("2026-11-22T09:00:00.123Z");
  }

  @Test
  void inAYearOfMinutesThatAreSettledOnlyTheHolesAndTheNewestAreDue() {
    Past past = new Past();
    Instant start = Instant.parse("2025-11-22T00:00:00Z");
    for (int minute = 0; minute < 525_600; minute++) {
      Instant at = start.plusSeconds(60L * minute);
      if (minute != 1 && minute != 262_800) {
        past.done(new Window(at, at.plusSeconds(60)), History.Status.DONE, 1);
      }
    }
    Jobs job = Jobs.windows(new Every.Fixed(Duration.ofMinutes(1))).from("2025-11-22T00:00:00Z");

    assertThat(starts(due(job, past, "2026-11-22T00:07:00Z")))
        .containsExactly(
            "2025-11-22T00:01:00Z",
            "2026-05-23T12:00:00Z",
            "2026-11-22T00:00:00Z",
            "2026-11-22T00:01:00Z");
    Jobs lately = job.catching(Catchup.within(Duration.ofDays(1)));
    assertThat(starts(due(lately, past, "2026-11-22T00:07:00Z")))
        .containsExactly("2026-11-22T00:00:00Z", "2026-11-22T00:01:00Z");
  }

  private static Plan due(Jobs job, Past past, String now) {
    return Planner.due(job.job(), past.history(), Instant.parse(now), Mode.RUN);
  }

  private static List<String> starts(Plan plan) {
    return plan.due().stream().map(due -> due.window().start().toString()).toList();
  }
}
