package dev.tributary.job;

import java.time.Instant;
import java.time.ZoneId;

/**
 * The grid a job's windows lie on, recorded at the destination before the first window and never
 * changed: a changed grid would cut committed windows.
 *
 * @param every length of a window
 * @param zone calendar of windows of a day or more
 * @param start start of the first window
 * @param recorded when the grid was recorded, by the clock that first ran the job
 */
public record Grid(Every every, ZoneId zone, Instant start, Instant recorded) {}
