/**
 * Asking InfluxDB 3: a query goes out, Arrow batches come back, under a deadline and a watchdog,
 * with every refusal classified into a {@link dev.tributary.job.Failure}. Only this package and the
 * sandbox speak Flight.
 */
@NullMarked
package dev.tributary.query;

import org.jspecify.annotations.NullMarked;
