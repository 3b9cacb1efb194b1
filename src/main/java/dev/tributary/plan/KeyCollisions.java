package dev.tributary.plan;

import dev.tributary.job.Every;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a path template can give two windows of one job the same key. A bound in full differs for
 * any two windows. Patterns are tried out where they fail if they fail: on the first window of each
 * day of forty years, on each hour of one year, on every window of the days around each clock
 * change of three years, and on the repeated hours of all forty: a job may begin in the past of a
 * zone that has given up setting its clock.
 */
public final class KeyCollisions {

  private static final JobName ANY_JOB = new JobName("job");
  private static final int YEARS_EACH_WAY = 20;
  private static final int YEARS_OF_CHANGES = 3;
  private static final Duration AROUND = Duration.ofHours(26);

  private final PathTemplate template;
  private final WindowGrid grid;
  private final ZoneId zone;
  private final Map<String, Window> seen = new HashMap<>();

  private KeyCollisions(PathTemplate template, WindowGrid grid, ZoneId zone) {
    this.template = template;
    this.grid = grid;
    this.zone = zone;
  }

  /** Two windows that the template gives one key. */
  public record Collision(Window one, Window other, String key) {}

  /** Two windows of a length that would have one key; empty when there are none. */
  public static Optional<Collision> between(
      PathTemplate template, Every every, ZoneId zone, Instant now) {
    return template.holdsWholeBound()
        ? Optional.empty()
        : new KeyCollisions(template, WindowGrid.of(every, zone), zone).search(now);
  }

  /** Whether snapshots of any two instants have different keys. */
  public static boolean snapshotsDiffer(PathTemplate template) {
    return template.holdsWholeBound();
  }

  private Optional<Collision> search(Instant now) {
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    return everyWindow(day(today), day(today.plusDays(2)))
        .or(() -> aroundChanges(now))
        .or(() -> overRepeatedTimes(today))
        .or(() -> sampled(day(today), day(today.plusYears(1)), Duration.ofHours(1)))
        .or(
            () ->
                sampled(
                    day(today.minusYears(YEARS_EACH_WAY)),
                    day(today.plusYears(YEARS_EACH_WAY)),
                    Duration.ofDays(1)));
  }

  private Optional<Collision> aroundChanges(Instant now) {
    Instant until = day(now.atOffset(ZoneOffset.UTC).toLocalDate().plusYears(YEARS_OF_CHANGES));
    ZoneOffsetTransition change = zone.getRules().nextTransition(now);
    while (change != null && change.getInstant().isBefore(until)) {
      Instant at = change.getInstant();
      Optional<Collision> found = everyWindow(at.minus(AROUND), at.plus(AROUND));
      if (found.isPresent()) {
        return found;
      }
      change = zone.getRules().nextTransition(at);
    }
    return Optional.empty();
  }

  private Optional<Collision> overRepeatedTimes(LocalDate today) {
    Instant until = day(today.plusYears(YEARS_EACH_WAY));
    ZoneOffsetTransition change =
        zone.getRules().nextTransition(day(today.minusYears(YEARS_EACH_WAY)));
    Optional<Collision> found = Optional.empty();
    while (found.isEmpty() && change != null && change.getInstant().isBefore(until)) {
      if (change.isOverlap()) {
        Instant at = change.getInstant();
        found = everyWindow(at.plus(change.getDuration()), at.minus(change.getDuration()));
      }
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return found;
  }

  private Optional<Collision> everyWindow(Instant from, Instant to) {
    Optional<Collision> found = Optional.empty();
    Window window = grid.containing(from);
    while (found.isEmpty() && window.start().isBefore(to)) {
      found = claim(window);
      window = grid.next(window);
    }
    return found;
  }

  private Optional<Collision> sampled(Instant from, Instant to, Duration step) {
    Optional<Collision> found = Optional.empty();
    for (Instant at = from; found.isEmpty() && at.isBefore(to); at = at.plus(step)) {
      found = claim(grid.containing(at));
    }
    return found;
  }

  private Optional<Collision> claim(Window window) {
    String key = template.render(ANY_JOB, window, zone, "ext");
    Window holder = seen.putIfAbsent(key, window);
    return holder == null || holder.equals(window)
        ? Optional.empty()
        : Optional.of(new Collision(holder, window, key));
  }

  private static Instant day(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
