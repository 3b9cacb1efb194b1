package dev.tributary.inspect;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;

/**
 * A committed file that is not what its manifest says.
 *
 * @param what one clause: what was expected and what is there
 */
public record Finding(JobName job, Window window, ObjectKey key, String what) {}
