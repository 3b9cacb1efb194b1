package dev.tributary.plan;

/** Who asks what is due. */
public enum Mode {
  /** One pass: a window is due as soon as its end and its delay have passed. */
  RUN,
  /** The daemon: it waits, in addition, for the first fire of the schedule at or after that. */
  DAEMON,
  /** An operator, who wants a snapshot made now; windows as in {@link #RUN}. */
  NOW
}
