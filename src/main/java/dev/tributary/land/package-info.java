/**
 * Where objects become visible: staged bytes that {@code commit} publishes and {@code close}
 * discards, conditions that keep two writers from overwriting each other, and the sweep of what a
 * crash left behind.
 */
@NullMarked
package dev.tributary.land;

import org.jspecify.annotations.NullMarked;
