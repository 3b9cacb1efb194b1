package dev.tributary.cli;

import dev.tributary.job.Failure;
import org.slf4j.LoggerFactory;

/** Turns what a command threw into a sentence and a code: the one place where bugs are caught. */
final class Ending {

  private Ending() {}

  static ExitCode of(Exception thrown, Console console) {
    if (thrown instanceof Failure failure) {
      console.say("tributary: " + failure.sentence());
      return ExitCode.of(failure.kind());
    }
    if (thrown instanceof Usage.WrongUsage wrong) {
      console.say("tributary: " + wrong.sentence());
      return ExitCode.USAGE;
    }
    if (thrown instanceof Stopped stopped) {
      return stopped.code();
    }
    LoggerFactory.getLogger(Ending.class)
        .error("this is a bug in tributary, please report it", thrown);
    return ExitCode.BUG;
  }
}
