package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private final Hours hours = new Hours();
  private final Deque<Long> barks = new ArrayDeque<>();
  private final Watchdog watchdog =
      new Watchdog(
          Duration.ofSeconds(60), () -> hours.now, hours::in, () -> barks.add(hours.seconds()));

  @Test
  void silenceWhileWeWaitEndsAfterExactlyTheLimit() {
    watchdog.waiting();
    hours.advance(59);
    assertThat(barks).isEmpty();
    hours.advance(1);
    assertThat(barks).containsExactly(60L);
  }

  @Test
  void everyMessageStartsTheCountAnew() {
    watchdog.waiting();
    for (int i = 0; i < 100; i++) {
      hours.advance(59);
      watchdog.heard();
    }
    assertThat(barks).isEmpty();
    hours.advance(60);
    assertThat(barks).containsExactly(100 * 59L + 60);
  }

  @Test
  void timeThatWeSpendOurselvesDoesNotCount() {
    watchdog.waiting();
    hours.advance(30);
    watchdog.busy();
    hours.advance(3_600);
    watchdog.waiting();
    hours.advance(59);
    assertThat(barks).isEmpty();
    hours.advance(1);
    assertThat(barks).containsExactly(30L + 3_600 + 60);
  }

  @Test
  void itBarksOnceAndNeverAfterItWasClosed() {
    watchdog.waiting();
    hours.advance(600);
    assertThat(barks).hasSize(1);
    barks.clear();
    Watchdog other =
        new Watchdog(Duration.ofSeconds(1), () -> hours.now, hours::in, () -> barks.add(0L));
    other.waiting();
    other.close();
    hours.advance(600);
    assertThat(barks).isEmpty();
    assertThat(hours.alarms).isEmpty();
  }

  /** Time that passes when told to. */
  private static final class Hours {

    private record Due(long at, Runnable ring, CompletableFuture<Void> handle) {}

    private final PriorityQueue<Due> alarms = new PriorityQueue<>(Comparator.comparing(Due::at));
    private long now = 1_000_000;

    Future<?> in(Duration delay, Runnable ring) {
      CompletableFuture<Void> handle = new CompletableFuture<>();
      alarms.add(new Due(now + delay.toNanos(), ring, handle));
      return handle;
    }

    void advance(long seconds) {
      long end = now + Duration.ofSeconds(seconds).toNanos();
      Due next = alarms.peek();
      while (next != null && next.at() <= end) {
        alarms.remove(next);
        now = next.at();
        if (!next.handle().isCancelled()) {
          next.ring().run();
        }
        next = alarms.peek();
      }
      now = end;
      alarms.removeIf(due -> due.handle().isCancelled());
    }

    long seconds() {
      return Duration.ofNanos(now - 1_000_000).toSeconds();
    }
  }
}
