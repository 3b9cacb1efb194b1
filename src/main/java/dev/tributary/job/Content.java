package dev.tributary.job;

import java.time.Instant;
import java.util.Optional;

/**
 * What a window's rows amount to, counted while they were written.
 *
 * @param rows never negative
 * @param first earliest value of the time column, at full precision; absent without rows or without
 *     a time column
 * @param last latest, likewise
 * @param digest {@code algorithm:hex}, exact and insensitive to the order of rows: equal digests
 *     mean the same rows
 * @param truncated timestamps whose digits below the written unit were cut
 */
public record Content(
    long rows, Optional<Instant> first, Optional<Instant> last, String digest, long truncated) {}
