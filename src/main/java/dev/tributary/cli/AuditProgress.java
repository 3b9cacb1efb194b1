package dev.tributary.cli;

import dev.tributary.job.JobName;
import dev.tributary.run.Audit;

/**
 * Tells a person how far an audit is: on a terminal one line that is redrawn, elsewhere a line for
 * every ten thousand windows. Safe for use by several threads.
 */
final class AuditProgress implements Audit.Listener {

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int STRIDE = 10_000;

  private final Console console;
  private final JobName job;
  private long drawnNanos = System.nanoTime();

  AuditProgress(Console console, JobName job) {
    this.console = console;
    this.job = job;
  }

  @Override
  public synchronized void checked(int windows, int ofAll, int findings) {
    String words =
        "verifying " + job + ": " + windows + "/" + ofAll + " windows, " + findings + " wrong";
    if (!console.terminal()) {
      if (windows % STRIDE == 0) {
        console.say(words);
      }
    } else if (System.nanoTime() - drawnNanos > REDRAW_NANOS) {
      drawnNanos = System.nanoTime();
      console.err().print(CLEAR_LINE + words);
      console.err().flush();
    }
  }

  /** Takes the line away. */
  synchronized void end() {
    if (console.terminal()) {
      console.err().print(CLEAR_LINE);
      console.err().flush();
    }
  }
}
