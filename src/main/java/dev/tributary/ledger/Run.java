package dev.tributary.ledger;

import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Windows of one length at one distance, so that half a million need a few lines.
 *
 * @param start of the first window
 * @param seconds length of a window; 0 when each is an instant
 * @param step seconds from one window's start to the next one's
 * @param states the windows' states, in order, as numbers
 */
record Run(Instant start, long seconds, long step, List<Integer> states) {

  /** Whether the index can hold a window; what it cannot hold is found by looking. */
  static boolean canHold(Window window) {
    return isWhole(window.start()) && isWhole(LedgerKeys.end(window));
  }

  private static boolean isWhole(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).equals(instant);
  }

  static long seconds(Window window) {
    return Duration.between(window.start(), LedgerKeys.end(window)).toSeconds();
  }

  /** Tells of each window and its state, in order; neighbours share the instant between them. */
  void forEach(ObjIntConsumer<Window> each) {
    Instant next = start;
    for (int state : states) {
      Instant end = next.plusSeconds(seconds);
      each.accept(LedgerKeys.window(next, end).orElseThrow(), state);
      next = step == seconds ? end : next.plusSeconds(step);
    }
  }

  /** Gathers windows in ascending order into runs. */
  static final class Gathering {

    private final List<Run> runs = new ArrayList<>();
    private List<Integer> states = new ArrayList<>();
    private Instant start = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private long seconds;
    private long step;

    void add(Window window, int state) {
      long length = seconds(window);
      long distance = Duration.between(last, window.start()).toSeconds();
      boolean second = states.size() == 1;
      // tiles follow each other at once; only instants may lie at any distance
      boolean fits =
          !states.isEmpty()
              && length == seconds
              && (second ? length == 0 || distance == length : distance == step);
      if (!fits) {
        finishRun();
        start = window.start();
        seconds = length;
        step = length;
      } else if (second) {
        step = distance;
      }
      states.add(state);
      last = window.start();
    }

    List<Run> finish() {
      finishRun();
      return runs;
    }

    private void finishRun() {
      if (!states.isEmpty()) {
        runs.add(new Run(start, seconds, step, states));
        states = new ArrayList<>();
      }
    }
  }

  /** Numbers as {@code 20x0,4x1}: twenty times 0, then four times 1. */
  static String text(List<Integer> states) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < states.size()) {
      int state = states.get(from);
      int until = from;
      while (until < states.size() && states.get(until) == state) {
        until++;
      }
      text.append(text.isEmpty() ? "" : ",").append(until - from).append('x').append(state);
      from = until;
    }
    return text.toString();
  }

  /** The inverse of {@link #text}. */
  static List<Integer> states(String text, int kinds) throws UnreadableRecord {
    List<Integer> states = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int cross = part.indexOf('x');
      try {
        int times = Integer.parseInt(part, 0, Math.max(cross, 0), 10);
        int state = Integer.parseInt(part, cross + 1, part.length(), 10);
        if (times < 1 || state < 0 || state >= kinds) {
          throw new UnreadableRecord("it counts '" + part + "'");
        }
        for (int i = 0; i < times; i++) {
          states.add(state);
        }
      } catch (NumberFormatException e) {
        throw new UnreadableRecord("it counts '" + part + "'", e);
      }
    }
    return states;
  }
}
