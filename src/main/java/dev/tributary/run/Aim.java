package dev.tributary.run;

import dev.tributary.plan.Due;

/** What a run is to do about a window that may be settled already. */
public enum Aim {
  /** Settle it if it is open. */
  SETTLE,
  /** Complete a replacement that was begun; what is found complete is recorded, not queried. */
  RESUME,
  /** Query it again and replace what is there. */
  REPLACE,
  /** Query it again and replace what is there if the rows are others now. */
  REVISIT,
  /** Query it again and replace what is there, which is damaged or gone. */
  REPAIR;

  /** What is to be done about a window that is due. */
  static Aim of(Due due) {
    return switch (due.reason()) {
      case PENDING -> RESUME;
      case REVISIT -> REVISIT;
      case NEW, RETRY, QUERY_CHANGED, ASKED -> SETTLE;
    };
  }
}
