package dev.tributary;

import dev.tributary.cli.Tributary;

/** The program's entry point. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code, whatever threads still live. */
  public static void main(String[] args) {
    Tributary.runAndExit(args);
  }
}
