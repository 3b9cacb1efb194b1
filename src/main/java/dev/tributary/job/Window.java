package dev.tributary.job;

import java.time.Duration;
import java.time.Instant;

/**
 * The half-open span of event time {@code [start, end)} that one run reads. A row stamped exactly
 * {@code end} belongs to the next window, so consecutive windows neither overlap nor leave a gap.
 *
 * <p>Instants are UTC; time zones are resolved in {@code plan}, before a window exists. Immutable,
 * so safe to share between threads. Ordered by start, then end.
 *
 * @param start first instant read, inclusive
 * @param end first instant not read; always after {@code start}
 */
public record Window(Instant start, Instant end) implements Comparable<Window> {

  /**
   * @throws IllegalArgumentException if {@code end} is not after {@code start}
   */
  public Window {
    if (!end.isAfter(start)) {
      throw new IllegalArgumentException("window is empty: [" + start + ", " + end + ")");
    }
  }

  /**
   * The window of a snapshot, which holds one instant and nothing else; its key and its manifest
   * name that instant twice.
   */
  public static Window at(Instant instant) {
    return new Window(instant, instant.plusNanos(1));
  }

  /** Whether this is the window of a snapshot. */
  public boolean isInstant() {
    return start.plusNanos(1).equals(end);
  }

  /** How long after its end an instant is; zero before it, and for a snapshot. */
  public Duration age(Instant at) {
    return isInstant() || at.isBefore(end) ? Duration.ZERO : Duration.between(end, at);
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  public boolean overlaps(Window other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  @Override
  public int compareTo(Window other) {
    int byStart = start.compareTo(other.start);
    return byStart != 0 ? byStart : end.compareTo(other.end);
  }

  @Override
  public String toString() {
    return "[" + start + ", " + end + ")";
  }
}
