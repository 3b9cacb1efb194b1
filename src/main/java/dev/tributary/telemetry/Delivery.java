package dev.tributary.telemetry;

/** What became of a notice. */
public enum Delivery {
  /** The receiver took it. */
  SENT,
  /** It was refused, or every try failed. */
  FAILED,
  /** Too many were waiting, or the process ended. */
  DROPPED
}
