/**
 * Keeping going. {@link dev.tributary.daemon.Daemon} looks at every job again and again, decides by
 * the plan what is due, and has it settled within the limits; ticks only say when to look early.
 */
@NullMarked
package dev.tributary.daemon;

import org.jspecify.annotations.NullMarked;
