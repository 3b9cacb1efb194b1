package dev.tributary.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WatchTest {

  private static final Duration MAX_AGE = Duration.ofHours(3);

  private final AtomicReference<Instant> now = new AtomicReference<>(Told.NOW);
  private final List<Notice> notices = new ArrayList<>();
  private final Watch watch = new Watch(EnumSet.allOf(Occasion.class), now::get, notices::add);

  private List<Occasion> told() {
    return notices.stream().map(Notice::occasion).toList();
  }

  private void look() {
    watch.look(Set.of(Told.JOB), Map.of(Told.JOB, MAX_AGE));
  }

  @Test
  void aFailingJobIsToldOnceAndItsRecoveryOnce() {
    watch.knew(Told.JOB, Told.history(List.of(), List.of()));
    watch.ended(Told.failed(Told.hour(4), Told.down()));
    watch.ended(Told.failed(Told.hour(4), Told.down()));
    watch.ended(Told.failed(Told.hour(3), Told.down()));
    assertThat(told()).containsExactly(Occasion.FAILURE);
    assertThat(notices.get(0).sentence()).contains("connection refused");

    watch.ended(Told.done(Told.hour(3)));
    assertThat(told()).hasSize(1);
    watch.ended(Told.done(Told.hour(4)));
    watch.ended(Told.done(Told.hour(2)));
    assertThat(told()).containsExactly(Occasion.FAILURE, Occasion.RECOVERY);
  }

  @Test
  void whatAnEarlierProcessRecordedIsNoNewsButItsRecoveryIs() {
    watch.knew(Told.JOB, Told.history(List.of(), List.of(Told.hour(4))));
    watch.ended(Told.failed(Told.hour(4), Told.down()));
    assertThat(told()).isEmpty();

    watch.ended(Told.done(Told.hour(4)));
    assertThat(told()).containsExactly(Occasion.RECOVERY);
  }

  @Test
  void aRivalWhoWasFasterIsNoNews() {
    watch.ended(Told.failed(Told.hour(2), new Failure(Failure.Kind.TRY_AGAIN, "a rival")));

    assertThat(told()).isEmpty();
  }

  @Test
  void aJobThatCannotBePlannedIsToldUntilItCan() {
    Failure problem = new Failure(Failure.Kind.CONFIGURATION, "cannot plan job 'climate': grid");
    watch.refused(Told.JOB, problem);
    watch.refused(Told.JOB, problem);
    watch.planned(Told.JOB, 3);
    watch.planned(Told.JOB, 3);

    assertThat(told()).containsExactly(Occasion.FAILURE, Occasion.RECOVERY);
  }

  @Test
  void silenceIsToldOnceAndSoIsItsEnd() {
    watch.knew(Told.JOB, Told.history(List.of(Told.hour(3)), List.of()));
    look();
    now.set(Told.NOW.plus(Duration.ofHours(1)));
    look();
    assertThat(told()).as("exactly max_age old").isEmpty();

    now.set(Told.NOW.plus(Duration.ofHours(1)).plusSeconds(60));
    look();
    look();
    assertThat(told()).containsExactly(Occasion.SILENCE);
    assertThat(notices.get(0).sentence()).contains("181m").contains("max_age").contains("3h");

    watch.ended(Told.done(Told.hour(1)));
    look();
    look();
    assertThat(told()).containsExactly(Occasion.SILENCE, Occasion.RECOVERY);
  }

  @Test
  void anOldWindowThatIsMadeUpDoesNotEndTheSilence() {
    watch.knew(Told.JOB, Told.history(List.of(Told.hour(9)), List.of()));
    look();
    watch.ended(Told.done(Told.hour(8)));
    look();

    assertThat(told()).containsExactly(Occasion.SILENCE);
  }

  @Test
  void aJobThatNeverCompletedAnythingIsSilentMaxAgeAfterItWasFirstSeen() {
    watch.knew(Told.JOB, Told.history(List.of(), List.of()));
    look();
    assertThat(told()).isEmpty();

    now.set(Told.NOW.plus(MAX_AGE).plusSeconds(1));
    look();
    assertThat(told()).containsExactly(Occasion.SILENCE);
  }

  @Test
  void onlyWhatWasAskedForIsTold() {
    Watch quiet = new Watch(Set.of(Occasion.RECOVERY), now::get, notices::add);
    quiet.ended(Told.failed(Told.hour(4), Told.down()));
    quiet.ended(Told.done(Told.hour(4)));

    assertThat(told()).containsExactly(Occasion.RECOVERY);
  }
}
