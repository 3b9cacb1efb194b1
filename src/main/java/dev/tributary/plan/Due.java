package dev.tributary.plan;

import dev.tributary.job.Window;
import java.time.Instant;

/**
 * A window to be made.
 *
 * @param window what to read; of a snapshot, its instant
 * @param reason why it is due
 * @param since when it fell due: its end and the delay, its end and the age of a revisit, the
 *     instant of a snapshot
 */
public record Due(Window window, Reason reason, Instant since) {

  /** Why a window is due. */
  public enum Reason {
    /** It was never tried. */
    NEW,
    /** It failed, and its time has come again. */
    RETRY,
    /** It failed for good, and its query is another one now. */
    QUERY_CHANGED,
    /** A publication was begun and not finished. */
    PENDING,
    /** An operator asked for it. */
    ASKED,
    /** It is settled, and has come to an age at which it is looked at again for late data. */
    REVISIT
  }
}
