package dev.tributary.ledger;

import dev.tributary.job.History;
import dev.tributary.job.History.Committed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What somebody knew of a job when they wrote it down: a hint. Whatever it lacks is found by
 * looking.
 *
 * @param committed newest generation known of every settled window
 * @param looks ages at which windows were looked at again, those that may still count
 * @param looked looks made before this instant are in it
 */
record Index(
    NavigableMap<Instant, Committed> committed,
    Map<Instant, List<Duration>> looks,
    Instant looked) {

  /** Who settles a window sooner has at worst looked at it once too often. */
  private static final Duration PROMPT = Duration.ofHours(1);

  static final Index EMPTY = new Index(new TreeMap<>(), Map.of(), Instant.EPOCH);

  /** Looks older than their age again count no more: the revisit has lapsed. */
  static Map<Instant, List<Duration>> counting(History history, Instant now) {
    Map<Instant, List<Duration>> kept = new HashMap<>();
    for (Committed settled : history.committed().values()) {
      Duration age = settled.age();
      if (age.compareTo(PROMPT) >= 0 && lapse(settled.window().end(), age).isAfter(now)) {
        kept.computeIfAbsent(settled.window().start(), start -> new ArrayList<>()).add(age);
      }
    }
    history
        .looks()
        .forEach(
            (start, ages) -> {
              History.Committed there = history.committed().get(start);
              if (there == null) {
                return;
              }
              Instant end = there.window().end();
              List<Duration> counting =
                  ages.stream().filter(age -> lapse(end, age).isAfter(now)).toList();
              if (!counting.isEmpty()) {
                kept.computeIfAbsent(start, key -> new ArrayList<>()).addAll(counting);
              }
            });
    return kept;
  }

  private static Instant lapse(Instant end, Duration age) {
    Duration grace = age.compareTo(Duration.ofDays(1)) > 0 ? age : Duration.ofDays(1);
    return end.plus(age).plus(grace);
  }
}
