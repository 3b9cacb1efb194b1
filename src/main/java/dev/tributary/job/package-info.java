/**
 * The nouns every other package speaks in: jobs, windows, sources, keys and failures. Plain facts
 * without I/O, clock or log; this package imports nothing of ours.
 */
@NullMarked
package dev.tributary.job;

import org.jspecify.annotations.NullMarked;
