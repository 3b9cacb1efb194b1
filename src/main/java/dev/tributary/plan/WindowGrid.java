package dev.tributary.plan;

import dev.tributary.job.Every;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The windows of one length, which tile the time line without gap or overlap. Fixed lengths lie on
 * the UTC grid whatever the zone; days, ISO weeks, months and years follow the zone's calendar, and
 * a midnight that does not exist is the first instant of its day. Immutable.
 */
public final class WindowGrid {

  private final Cuts cuts;

  private WindowGrid(Cuts cuts) {
    this.cuts = cuts;
  }

  /** The grid of a window length; the zone matters to calendar lengths only. */
  public static WindowGrid of(Every every, ZoneId zone) {
    return new WindowGrid(
        every.fold(
            new Every.Cases<Cuts>() {
              @Override
              public Cuts fixed(Every.Fixed fixed) {
                return FixedCuts.every(fixed.length());
              }

              @Override
              public Cuts calendar(Every.Calendar calendar) {
                return new CalendarCuts(calendar, zone);
              }
            }));
  }

  /**
   * The one window that holds an instant. Of an instant off the grid, its bounds are the neighbours
   * on the grid.
   */
  public Window containing(Instant instant) {
    return new Window(cuts.atOrBefore(instant), cuts.after(instant));
  }

  /** The window that begins where this one ends. */
  public Window next(Window window) {
    return new Window(window.end(), cuts.after(window.end()));
  }

  /**
   * The windows from the one that holds an instant, oldest first and without end; quicker than
   * asking each for the next.
   */
  public Iterator<Window> from(Instant instant) {
    Iterator<Instant> ends = cuts.from(instant);
    return new Iterator<>() {
      private Instant start = cuts.atOrBefore(instant);

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Window next() {
        Window window = new Window(start, ends.next());
        start = window.end();
        return window;
      }
    };
  }

  /** The window that ends where this one begins. */
  public Window previous(Window window) {
    return new Window(cuts.atOrBefore(window.start().minusNanos(1)), window.start());
  }

  /** Whether a window begins, and another ends, at exactly this instant. */
  public boolean isBoundary(Instant instant) {
    return cuts.atOrBefore(instant).equals(instant);
  }

  /** Whether exactly this window is one of the grid's. */
  public boolean holds(Window window) {
    return isBoundary(window.start()) && cuts.after(window.start()).equals(window.end());
  }

  /**
   * The windows that lie whole within {@code [from, to)}, oldest first, made as they are asked for.
   */
  public Stream<Window> between(Instant from, Instant to) {
    Window first = containing(from);
    return Stream.iterate(
        first.start().equals(from) ? first : next(first),
        window -> !window.end().isAfter(to),
        this::next);
  }

  /** The newest window whose end, put off by {@code delay}, is not after {@code now}. */
  public Window newestComplete(Instant now, Duration delay) {
    return previous(containing(now.minus(delay)));
  }
}
