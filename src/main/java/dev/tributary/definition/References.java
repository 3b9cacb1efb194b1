package dev.tributary.definition;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Source;
import java.util.Map;
import java.util.Set;

/**
 * What jobs may refer to.
 *
 * @param sources the sound ones, by name
 * @param sourceNames all of them, so that a broken one is not called missing
 * @param destinations the sound ones, by name
 * @param destinationNames all of them
 * @param incomplete whether something could not be read, in which a missing name may stand
 * @param misfits what is known of bins and windows already
 */
record References(
    Map<String, Source> sources,
    Set<String> sourceNames,
    Map<String, DestinationSpec> destinations,
    Set<String> destinationNames,
    boolean incomplete,
    Misfits misfits) {}
