/**
 * The bench's Java half: a server that makes up rows, and the clients that carry them, each in a
 * JVM of its own. {@code src/bench/run} starts them and sets what they measured side by side.
 */
@NullMarked
package dev.tributary.bench;

import org.jspecify.annotations.NullMarked;
