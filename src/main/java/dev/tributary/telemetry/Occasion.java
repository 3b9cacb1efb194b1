package dev.tributary.telemetry;

/** What a notice tells. */
public enum Occasion {
  /** A job began to fail. */
  FAILURE,
  /** It succeeded again. */
  RECOVERY,
  /** Its newest complete window is older than its {@code max_age}. */
  SILENCE
}
