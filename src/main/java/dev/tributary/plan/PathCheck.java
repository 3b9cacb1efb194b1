package dev.tributary.plan;

import dev.tributary.job.Every;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether templates keep windows, and jobs, apart. */
public final class PathCheck {

  private static final JobName ANY = new JobName("job");

  private PathCheck() {}

  /** Two windows that a template gives one key. */
  public record Collision(Window first, Window second, ObjectKey key) {}

  /**
   * Looks for two windows with the same key where they would show: three days in a row and around
   * every clock change of two years, the first window of each of 400 days, and of each of 12 years.
   */
  public static Optional<Collision> collision(
      PathTemplate template, Every every, ZoneId zone, Instant now) {
    if (template.namesInstants()) {
      return Optional.empty();
    }
    WindowGrid grid = WindowGrid.of(every, zone);
    Map<ObjectKey, Window> seen = new HashMap<>();
    for (Instant from : lookFrom(zone, now)) {
      Instant end = from.plus(Duration.ofDays(3));
      for (Window w = grid.containing(from); w.start().isBefore(end); w = grid.next(w)) {
        ObjectKey key = template.key(ANY, w, zone, "parquet");
        Window before = seen.putIfAbsent(key, w);
        if (before != null && !before.equals(w)) {
          return Optional.of(new Collision(before, w, key));
        }
      }
    }
    Window window = grid.containing(now);
    for (int day = 0; day < 400 + 12; day++) {
      ObjectKey key = template.key(ANY, window, zone, "parquet");
      Window before = seen.putIfAbsent(key, window);
      if (before != null && !before.equals(window)) {
        return Optional.of(new Collision(before, window, key));
      }
      window = grid.containing(window.start().plus(Duration.ofDays(day < 400 ? 1 : 366)));
    }
    return Optional.empty();
  }

  private static List<Instant> lookFrom(ZoneId zone, Instant now) {
    List<Instant> from = new ArrayList<>(List.of(now));
    ZoneOffsetTransition transition = zone.getRules().nextTransition(now);
    Instant end = now.plus(Duration.ofDays(2 * 366));
    while (transition != null && transition.getInstant().isBefore(end)) {
      from.add(transition.getInstant().minus(Duration.ofDays(1)));
      transition = zone.getRules().nextTransition(transition.getInstant());
    }
    return from;
  }

  /**
   * Whether two jobs at one destination can never share a key: their literal prefixes diverge once
   * the names are put in, or the templates are the same and hold {@code {job}}.
   */
  public static boolean keepsApart(
      JobName first, PathTemplate firstPath, JobName second, PathTemplate secondPath) {
    if (firstPath.toString().equals(secondPath.toString()) && firstPath.usesJob()) {
      return true;
    }
    String one = firstPath.literalPrefix(first);
    String other = secondPath.literalPrefix(second);
    return !one.startsWith(other) && !other.startsWith(one);
  }
}
