package dev.tributary.sandbox.influxql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the answer.
 *
 * @param measurement where it comes from
 * @param group values of the group's tags, in their order
 * @param time nanoseconds since 1970
 * @param values of the outputs, in their order
 */
record Row(
    String measurement, List<@Nullable String> group, long time, List<@Nullable Object> values) {}
