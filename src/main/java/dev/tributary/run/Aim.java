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
  /** The same where the file that is there is damaged or gone. */
  REPAIR;

  /** What is to be done about a window that is due. */
  static Aim of(Due due) {
    return due.reason() == Due.Reason.PENDING ? RESUME : SETTLE;
  }
}
