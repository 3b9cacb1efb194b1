package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Windows of a source that forgets. */
class RetentionTest {

  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final Window WINDOW = new Window(START, START.plus(Duration.ofHours(1)));

  private static Instant after(Duration time) {
    return START.plus(time);
  }

  @Test
  void aWindowLeavesDuringTheLastTenthOfItsTimeAndAtMostADay() {
    Retention month = new Retention(Duration.ofDays(30));
    assertThat(month.isLeaving(WINDOW, after(Duration.ofDays(29).minusNanos(1)))).isFalse();
    assertThat(month.isLeaving(WINDOW, after(Duration.ofDays(29)))).isTrue();
    Retention hours = new Retention(Duration.ofHours(10));
    assertThat(hours.isLeaving(WINDOW, after(Duration.ofHours(9).minusNanos(1)))).isFalse();
    assertThat(hours.isLeaving(WINDOW, after(Duration.ofHours(9)))).isTrue();
  }

  @Test
  void itIsCutOnceItsFirstInstantIsOlderThanWhatIsKept() {
    Retention month = new Retention(Duration.ofDays(30));
    Instant forgotten = after(Duration.ofDays(30));
    assertThat(month.hasCut(WINDOW, forgotten)).isFalse();
    assertThat(month.isLeaving(WINDOW, forgotten.minusNanos(1))).isTrue();
    assertThat(month.hasCut(WINDOW, forgotten.plusNanos(1))).isTrue();
    assertThat(month.isLeaving(WINDOW, forgotten.plusNanos(1))).isFalse();
  }

  @Test
  void theWarningNamesWindowTimeKeptAndInstant() {
    assertThat(new Retention(Duration.ofDays(30)).warning(2, WINDOW))
        .isEqualTo(
            "2 windows, the first "
                + WINDOW
                + ", are about to leave the source's retention of 30d: first rows are forgotten at"
                + " 2026-12-01T00:00:00Z");
  }
}
