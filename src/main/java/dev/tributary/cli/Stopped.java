package dev.tributary.cli;

/** Ends a command whose words have been said already. */
final class Stopped extends Exception {

  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  Stopped(ExitCode code) {
    super(null, null, false, false);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
