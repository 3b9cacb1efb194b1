package dev.tributary.daemon;

/** Looks at a running daemon, without touching it. Safe for use by several threads. */
public interface DaemonView {

  /** The daemon as it is now; takes no call to a source or a destination. */
  DaemonState state();
}
