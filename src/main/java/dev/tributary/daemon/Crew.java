package dev.tributary.daemon;

import dev.tributary.run.Kit;
import dev.tributary.run.Rounds;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Who does the work that a roster hands out.
 *
 * @param lanes opens what a job runs on
 * @param kit what every run shares
 * @param rounds the steps of the work
 * @param looks reads histories and plans
 * @param turns settles windows; never holds more than the roster's limit
 * @param random spreads what would happen at once
 * @param pause waits between two tries, and returns true to give up instead
 */
record Crew(
    Lanes lanes,
    Kit kit,
    Rounds rounds,
    Executor looks,
    Executor turns,
    Random random,
    Predicate<Duration> pause) {}
