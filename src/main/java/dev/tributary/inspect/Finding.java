package dev.tributary.inspect;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.util.Optional;

/**
 * Something at a destination that is not as the manifests say.
 *
 * @param window the window that it concerns; absent for what belongs to none
 * @param key the object at fault, or where one should be
 * @param what one clause: what was expected and what is there
 */
public record Finding(
    JobName job, Optional<Window> window, ObjectKey key, Cause cause, String what) {

  /** What is wrong, and so what can be done about it. */
  public enum Cause {
    /** A file that a manifest lists is not there. */
    MISSING,
    /** A file of ours has other bytes than it was published with, or rows that it should not. */
    DAMAGED,
    /** Somebody else's file lies where ours should, or among ours. It is never touched. */
    FOREIGN,
    /** A manifest is gone, cannot be read, or was edited. */
    MANIFEST,
    /** A complete file of ours that no manifest lists yet. */
    UNRECORDED,
    /** A part that no newest manifest lists, and none ever will. */
    ORPHAN,
    /** A copy of a file of ours under another name, so that readers see its rows twice. */
    COPY,
    /** A publication was begun and is not finished. */
    UNFINISHED
  }
}
