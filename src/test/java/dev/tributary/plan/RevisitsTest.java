package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.History;
import dev.tributary.job.History.Committed;
import dev.tributary.job.History.Failed;
import dev.tributary.job.History.Status;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisitsTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Window WINDOW = hour(0);
  private static final Instant END = WINDOW.end();

  private final TreeMap<Instant, Committed> committed = new TreeMap<>();
  private final TreeMap<Instant, Failed> failures = new TreeMap<>();
  private final Path folder;

  RevisitsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aWindowIsLookedAtAgainFromTheInstantOfItsAgeOn() throws Exception {
    Job job = job("[2h]");
    settle(WINDOW, job, Duration.ofMinutes(5));

    assertThat(due(job, END.plus(Duration.ofHours(2)).minusSeconds(1))).isEmpty();
    assertThat(due(job, END.plus(Duration.ofHours(2)))).containsExactly(WINDOW);
    assertThat(due(job, END.plus(Duration.ofHours(26)).minusSeconds(1))).containsExactly(WINDOW);
  }

  @Test
  void aLookThatWasNotMadeInTimeLapses() throws Exception {
    Job job = job("[2h, 7d]");
    settle(WINDOW, job, Duration.ofMinutes(5));

    assertThat(due(job, END.plus(Duration.ofHours(26)))).isEmpty();
    assertThat(due(job, END.plus(Duration.ofDays(7)))).containsExactly(WINDOW);
    assertThat(due(job, END.plus(Duration.ofDays(14)))).isEmpty();
  }

  @Test
  void aWindowSettledLaterThanAnAgeCountsAsLookedAt() throws Exception {
    Job job = job("[2h, 7h]");
    settle(WINDOW, job, Duration.ofHours(3));

    assertThat(due(job, END.plus(Duration.ofHours(4)))).isEmpty();
    assertThat(due(job, END.plus(Duration.ofHours(7)))).containsExactly(WINDOW);
  }

  @Test
  void aLookCountsForEveryAgeThatHadPassed() throws Exception {
    Job job = job("[2h, 5h, 9h]");
    settle(WINDOW, job, Duration.ofMinutes(5));
    History looked = history(Map.of(WINDOW.start(), List.of(Duration.ofHours(6))));

    assertThat(revisits(job, looked, END.plus(Duration.ofHours(8)))).isEmpty();
    assertThat(revisits(job, looked, END.plus(Duration.ofHours(9)))).containsExactly(WINDOW);
  }

  @Test
  void whatIsMissingGoesFirst() throws Exception {
    Job job = job("[2h]");
    settle(WINDOW, job, Duration.ofMinutes(5));

    Instant now = END.plus(Duration.ofHours(2)).plusSeconds(300);
    assertThat(Planner.due(job, history(Map.of()), now, Mode.RUN).due())
        .extracting(Due::window)
        .containsExactly(hour(1), hour(2), WINDOW);
  }

  @Test
  void noneAsksForNothing() throws Exception {
    Job job = job("none");
    settle(WINDOW, job, Duration.ofMinutes(5));

    assertThat(due(job, END.plus(Duration.ofDays(1)))).isEmpty();
  }

  @Test
  void skippedWindowsAndThoseOfAnotherQueryAreLeftAlone() throws Exception {
    Job job = job("[2h]");
    committed.put(WINDOW.start(), new Committed(WINDOW, Status.SKIPPED, 1, job.hashes().query()));
    Instant now = END.plus(Duration.ofHours(2));
    assertThat(due(job, now)).isEmpty();

    committed.put(WINDOW.start(), new Committed(WINDOW, Status.DONE, 1, "another"));
    assertThat(due(job, now)).isEmpty();
  }

  @Test
  void aWindowThatTheSourceForgetsIsLeftAlone() throws Exception {
    Job job = job("[2h]\n    retention: 3h");
    settle(WINDOW, job, Duration.ofMinutes(5));

    assertThat(due(job, START.plus(Duration.ofHours(3)))).containsExactly(WINDOW);
    assertThat(due(job, START.plus(Duration.ofHours(3)).plusSeconds(1))).isEmpty();
  }

  @Test
  void aLookThatFailedForGoodWaits() throws Exception {
    Job job = job("[2h]");
    settle(WINDOW, job, Duration.ofMinutes(5));
    Instant failed = END.plus(Duration.ofHours(2));
    failures.put(
        WINDOW.start(), new Failed(WINDOW, failed, 1, true, job.hashes().query(), "refused"));

    assertThat(due(job, failed.plus(Duration.ofMinutes(59)))).isEmpty();
    assertThat(due(job, failed.plus(Duration.ofHours(1)))).containsExactly(WINDOW);
  }

  @Test
  void thePlanIsQuietUntilTheNextAge() throws Exception {
    Job job = job("[150m]");
    settle(WINDOW, job, Duration.ofMinutes(5));
    settle(hour(1), job, Duration.ofMinutes(5));
    History history = history(Map.of());

    // the next window, too, falls due at a full hour and five minutes
    assertThat(Planner.quietUntil(job, history, END.plus(Duration.ofMinutes(130))))
        .isEqualTo(END.plus(Duration.ofMinutes(150)));
  }

  private static Window hour(int number) {
    Instant start = START.plus(Duration.ofHours(number));
    return new Window(start, start.plus(Duration.ofHours(1)));
  }

  private void settle(Window window, Job job, Duration age) {
    committed.put(window.start(), new Committed(window, Status.DONE, 1, job.hashes().query(), age));
  }

  private List<Window> due(Job job, Instant now) {
    return revisits(job, history(Map.of()), now);
  }

  private static List<Window> revisits(Job job, History history, Instant now) {
    return Planner.due(job, history, now, Mode.RUN).due().stream()
        .filter(due -> due.reason() == Due.Reason.REVISIT)
        .map(Due::window)
        .toList();
  }

  private History history(Map<Instant, List<Duration>> looks) {
    return new History(Optional.empty(), committed, failures, Set.of(), looks);
  }

  private Job job(String revisit) throws Exception {
    return Definition.only(
        folder,
        """
        sources:
          plant: {url: 'grpc://127.0.0.1:1'}
        destinations:
          lake: {url: 'file:///lake'}
        jobs:
          climate:
            source: plant
            bucket: home
            sql: SELECT time, v FROM home WHERE time >= $start AND time < $end
            window: {every: 1h, start: '2026-03-01T00:00:00Z', bin: none}
            destination: {to: lake}
            revisit: %s
        """
            .formatted(revisit));
  }
}
