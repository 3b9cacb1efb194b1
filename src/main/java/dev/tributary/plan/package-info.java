/**
 * What is due, as pure functions of a job, its history and an instant: calendar windows, cron fire
 * times, bins, path templates. No I/O, no clock, no log.
 */
@NullMarked
package dev.tributary.plan;

import org.jspecify.annotations.NullMarked;
