/**
 * Turning batches into files: Parquet column by column from Arrow vectors, or Arrow IPC, counted
 * and digested on the way and stamped with the attempt that wrote them.
 */
@NullMarked
package dev.tributary.encode;

import org.jspecify.annotations.NullMarked;
