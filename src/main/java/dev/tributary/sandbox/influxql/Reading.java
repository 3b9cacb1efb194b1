package dev.tributary.sandbox.influxql;

/**
 * The part of a measurement that a statement reads.
 *
 * @param measurement its name
 * @param from first time that can matter, in nanoseconds since 1970
 * @param to last time that can matter
 */
public record Reading(String measurement, long from, long to) {}
