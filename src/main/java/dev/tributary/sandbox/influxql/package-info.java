/**
 * The part of InfluxQL that down-sampling needs, answered over the tables of the sandbox in the
 * shapes, names and words of InfluxDB 3. What lies outside is refused by name.
 *
 * <p>One query passes through {@code Parser} (text to {@code Select}), {@code TimeRange} (the
 * bounds leave the condition), {@code Projection} (names become columns) and {@code Execution}
 * (groups, bins, fills, limits).
 */
@NullMarked
package dev.tributary.sandbox.influxql;

import org.jspecify.annotations.NullMarked;
