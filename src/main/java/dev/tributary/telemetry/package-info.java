/**
 * What the program says of itself: metrics and log lines from {@link
 * dev.tributary.run.RunListener}, notices to a webhook, and the redactor that every log line goes
 * through.
 */
@NullMarked
package dev.tributary.telemetry;

import org.jspecify.annotations.NullMarked;
