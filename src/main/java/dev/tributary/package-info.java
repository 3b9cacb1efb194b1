/**
 * Tributary carries time-series rollups from InfluxDB 3 into data lakes: each window once, whole,
 * checked, and provable afterwards.
 *
 * <pre>
 * definition -> plan -> query -> encode -> land -> ledger
 *  YAML to      what     Flight   batches   staged   manifest,
 *  jobs         is due   stream   to files  commit   create if absent
 *               `------------- run (Pipeline) ------------´
 * </pre>
 *
 * <p>Start with {@link dev.tributary.job.Window}, then {@code run.Pipeline}, then {@link
 * dev.tributary.land.StagedObject}.
 */
@NullMarked
package dev.tributary;

import org.jspecify.annotations.NullMarked;
