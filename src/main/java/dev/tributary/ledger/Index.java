package dev.tributary.ledger;

import dev.tributary.job.History.Committed;
import java.time.Duration;
import java.time.Instant;
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

  static final Index EMPTY = new Index(new TreeMap<>(), Map.of(), Instant.EPOCH);
}
