package dev.tributary.plan;

import dev.tributary.job.Window;
import java.time.Instant;

/**
 * A window that is to be settled now.
 *
 * @param since when it fell due
 */
public record Due(Window window, Reason reason, Instant since) {

  /** Why a window is due. */
  public enum Reason {
    /** It was never tried, or its last failure may have passed. */
    OPEN("has no manifest"),
    /** A replacement or a publication of several files was under way. */
    PENDING("a publication was under way"),
    /** It failed in a way that lasts, its waiting time is over or its query has changed. */
    FAILED("failed before, and is tried again");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** As a clause about the window. */
    public String words() {
      return words;
    }
  }
}
