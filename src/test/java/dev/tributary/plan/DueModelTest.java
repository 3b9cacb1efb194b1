package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Every;
import dev.tributary.job.History;
import dev.tributary.job.Job.Catchup;
import dev.tributary.job.Window;
import dev.tributary.testing.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The plan against the rules said plainly: every window from the first on, one by one. */
class DueModelTest {

  private static final long SEED = 3_011L;
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void whatIsDueIsWhatTheRulesSayOfEveryWindow() {
    for (int round = 0; round < Counts.of(2_000, 50_000); round++) {
      Draw draw = new Draw(new Random(SEED + round));
      Set<Window> due = new TreeSet<>(draw.pending);
      Set<Window> conflicts = new TreeSet<>();
      for (Window window : draw.windows) {
        if (!draw.isComplete(window) || draw.isSettled(window) || !draw.isInReach(window)) {
          continue;
        }
        if (draw.pending.contains(window)) {
          continue;
        }
        if (draw.overlapsCommitted(window)) {
          conflicts.add(window);
        } else if (draw.mayBeTried(window)) {
          due.add(window);
        }
      }

      Plan plan = Planner.due(draw.job.job(), draw.past.history(), draw.now, Mode.RUN);

      assertThat(plan.due().stream().map(Due::window))
          .as("due; %s", draw.about(round))
          .containsExactlyElementsOf(due);
      assertThat(plan.conflicts().stream().map(Plan.Conflict::window))
          .as("conflicts; %s", draw.about(round))
          .containsExactlyElementsOf(conflicts);
    }
  }

  @Test
  void coverageTilesTheTimeLineAndAgreesWithThePlan() {
    for (int round = 0; round < Counts.of(2_000, 50_000); round++) {
      Draw draw = new Draw(new Random(SEED + round));
      History history = draw.past.history();
      List<Coverage.Range> ranges = Coverage.of(draw.job.job(), history, draw.now);
      Plan plan = Planner.due(draw.job.job(), history, draw.now, Mode.RUN);

      for (int index = 1; index < ranges.size(); index++) {
        assertThat(ranges.get(index).from())
            .as(draw.about(round))
            .isEqualTo(ranges.get(index - 1).to());
        assertThat(ranges.get(index).state())
            .as(draw.about(round))
            .isNotEqualTo(ranges.get(index - 1).state());
      }
      for (Due due : plan.due()) {
        if (due.reason() != Due.Reason.PENDING) {
          assertThat(state(ranges, due.window()))
              .as("%s; %s", due, draw.about(round))
              .isIn(Coverage.State.DUE, Coverage.State.FAILED);
        }
      }
      for (Plan.Conflict conflict : plan.conflicts()) {
        assertThat(state(ranges, conflict.window()))
            .as("%s; %s", conflict, draw.about(round))
            .isEqualTo(Coverage.State.CONFLICT);
      }
      for (Window window : draw.windows) {
        if (!window.start().isAfter(draw.now) && state(ranges, window) == Coverage.State.DUE) {
          assertThat(plan.due().stream().map(Due::window)).as(draw.about(round)).contains(window);
        }
      }
    }
  }

  private static Coverage.State state(List<Coverage.Range> ranges, Window window) {
    return ranges.stream()
        .filter(
            range -> !range.from().isAfter(window.start()) && range.to().isAfter(window.start()))
        .map(Coverage.Range::state)
        .findFirst()
        .orElseThrow();
  }

  /** A job, its past and an instant, drawn at random around the clock change of a spring. */
  private static final class Draw {
    final Jobs job;
    final Past past = new Past();
    final Instant now;
    final Catchup catchup;
    final boolean sameQuery;
    final List<Window> windows = new ArrayList<>();
    final List<Window> committed = new ArrayList<>();
    final List<Window> pending = new ArrayList<>();
    final List<Failure> failures = new ArrayList<>();

    record Failure(Window window, Instant at, int times, boolean lasting) {}

    Draw(Random random) {
      Every every =
          random.nextBoolean() ? Every.Calendar.DAY : new Every.Fixed(Duration.ofHours(6));
      LocalDate first = LocalDate.of(2026, 3, 20).plusDays(random.nextInt(10));
      Instant start =
          every == Every.Calendar.DAY
              ? first.atStartOfDay(BERLIN).toInstant()
              : first.atStartOfDay(ZoneId.of("UTC")).toInstant();
      for (int index = 0; index < 12; index++) {
        windows.add(window(every, first, index));
      }
      Instant last = windows.get(windows.size() - 1).start();
      long span = Duration.between(start, last).toSeconds();
      // Whole hours and the very second that a window falls due are the interesting instants.
      Instant any = start.plusSeconds(Math.floorMod(random.nextLong(), span));
      now =
          random.nextBoolean()
              ? any
              : windows
                  .get(random.nextInt(11))
                  .end()
                  .plus(Jobs.DELAY)
                  .plusSeconds(random.nextInt(2));
      catchup =
          switch (random.nextInt(3)) {
            case 0 -> Catchup.ALL;
            case 1 -> Catchup.NONE;
            default -> Catchup.within(Duration.ofHours(random.nextInt(15) * 6L));
          };
      sameQuery = random.nextInt(4) > 0;
      boolean written = random.nextBoolean();
      Jobs drawn = Jobs.windows(every).in(BERLIN).catching(catchup).asking(sameQuery ? "q1" : "q2");
      job = written ? drawn.from(start.toString()) : drawn;
      // Without a written start the recorded one counts.
      Instant recorded = start.plus(Duration.ofDays(random.nextInt(2)));
      past.grid(every, BERLIN, (written ? recorded : start).toString(), recorded.toString());
      for (Window window : windows) {
        settle(random, window);
      }
    }

    private static Window window(Every every, LocalDate first, int index) {
      if (every == Every.Calendar.DAY) {
        return new Window(
            first.plusDays(index).atStartOfDay(BERLIN).toInstant(),
            first.plusDays(index + 1).atStartOfDay(BERLIN).toInstant());
      }
      Instant start =
          first.atStartOfDay(ZoneId.of("UTC")).toInstant().plus(Duration.ofHours(6L * index));
      return new Window(start, start.plus(Duration.ofHours(6)));
    }

    private void settle(Random random, Window window) {
      switch (random.nextInt(8)) {
        case 0, 1 -> commit(window);
        case 2 -> {
          if (random.nextInt(4) == 0) {
            commit(new Window(window.start(), window.end().minus(Duration.ofHours(1))));
          }
        }
        case 3, 4 -> {
          Failure failure =
              new Failure(
                  window,
                  window.end().plus(Duration.ofMinutes(10)),
                  1 + random.nextInt(8),
                  random.nextInt(3) > 0);
          failures.add(failure);
          past.failed(window, failure.at(), failure.times(), failure.lasting());
        }
        case 5 -> {
          if (random.nextInt(4) == 0) {
            pending.add(window);
            past.pending(window);
          }
        }
        default -> {}
      }
    }

    private void commit(Window window) {
      committed.add(window);
      past.done(window, History.Status.DONE, 1);
    }

    boolean isComplete(Window window) {
      return !window.end().plus(Jobs.DELAY).isAfter(now);
    }

    boolean isSettled(Window window) {
      return committed.contains(window);
    }

    boolean overlapsCommitted(Window window) {
      return committed.stream().anyMatch(other -> other.overlaps(window));
    }

    boolean isInReach(Window window) {
      if (catchup.newestOnly()) {
        return windows.stream()
            .noneMatch(other -> isComplete(other) && other.compareTo(window) > 0);
      }
      return catchup
          .reach()
          .map(reach -> Duration.between(window.end().plus(Jobs.DELAY), now).compareTo(reach) <= 0)
          .orElse(true);
    }

    boolean mayBeTried(Window window) {
      return failures.stream()
          .filter(failure -> failure.window().equals(window))
          .noneMatch(failure -> failure.lasting() && sameQuery && isWaiting(failure));
    }

    private boolean isWaiting(Failure failure) {
      long hours = 1;
      for (int time = 1; time < failure.times(); time++) {
        hours = Math.min(24, hours * 2);
      }
      return now.isBefore(failure.at().plus(Duration.ofHours(hours)));
    }

    String about(int round) {
      return "seed %d, at %s, %s, catchup %s, committed %s, failures %s"
          .formatted(SEED + round, now, windows.get(0), catchup, committed, failures);
    }
  }
}
