package dev.tributary.cli;

import dev.tributary.job.Drift;
import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import dev.tributary.run.Outcome;
import dev.tributary.run.RunListener;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Tells a person what a pass does: one line a window, or on a terminal one line that is redrawn.
 * Safe for use by several threads.
 */
final class Progress implements RunListener {

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Console console;
  private final long beganNanos = System.nanoTime();
  private int due;
  private int done;
  private long rows;

  Progress(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void planned(JobName job, int windows) {
    due += windows;
  }

  @Override
  public synchronized void began(JobName job, Window window) {
    if (console.terminal()) {
      console
          .err()
          .print(
              CLEAR_LINE
                  + bar()
                  + " "
                  + done
                  + "/"
                  + due
                  + pace()
                  + " "
                  + job
                  + " "
                  + Texts.window(window));
      console.err().flush();
    }
  }

  @Override
  public synchronized void retrying(JobName job, Window window, Failure failure, Duration pause) {
    line(
        failure.sentence()
            + "; trying again in "
            + Durations.text(Duration.ofSeconds(Math.max(1, pause.toSeconds()))));
  }

  @Override
  public synchronized void drifted(JobName job, Window window, Drift drift) {
    line("drifted   " + job + " " + Texts.window(window) + " " + drift.summary());
    drift.examples().forEach(example -> line("          " + example));
  }

  @Override
  public synchronized void ended(Outcome outcome) {
    done++;
    rows += Math.max(0, Reports.rows(outcome));
    line(
        outcome.fold(
            new Outcome.Cases<String>() {
              @Override
              public String settled(Outcome.Settled settled) {
                return settledLine(settled);
              }

              @Override
              public String failed(Outcome.Failed failed) {
                return failedLine(failed);
              }
            }));
  }

  @Override
  public synchronized void refused(JobName job, Failure failure) {
    line(failure.sentence());
  }

  @Override
  public synchronized void warned(JobName job, String message) {
    line("warning: job '" + job + "': " + message);
  }

  private void line(String text) {
    console.say(console.terminal() ? CLEAR_LINE + text : text);
  }

  /** Rows, windows a second, and when all will be done at that rate. */
  private String pace() {
    if (done == 0) {
      return "";
    }
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    Duration left = Duration.ofSeconds(Math.max(1, Math.round(seconds / done * (due - done))));
    return String.format(
        " %s, %.1f windows/s, %s left",
        Texts.count(rows, "row"), done / seconds, Durations.text(left));
  }

  private String bar() {
    int filled = due == 0 ? 20 : Math.min(20, done * 20 / due);
    return "[" + "#".repeat(filled) + "-".repeat(20 - filled) + "]";
  }

  private static String settledLine(Outcome.Settled settled) {
    Manifest manifest = settled.manifest();
    String how =
        switch (settled.how()) {
          case PUBLISHED -> manifest.status().name().toLowerCase(Locale.ROOT);
          case REPLACED -> "replaced";
          case ROLLED_FORWARD -> "recorded";
          case UNCHANGED -> "unchanged";
          case FOUND -> "found";
        };
    return String.format(
            "%-9s %s %s %s %s",
            how,
            settled.job(),
            Texts.window(settled.window()),
            Texts.count(manifest.content().rows(), "row"),
            filesOf(manifest))
        + manifest.reason().map(reason -> "; " + reason).orElse("");
  }

  private static String filesOf(Manifest manifest) {
    List<Manifest.DataFile> files = manifest.files();
    if (files.isEmpty()) {
      return "no file";
    }
    String bytes = Texts.bytes(files.stream().mapToLong(Manifest.DataFile::bytes).sum());
    String more = files.size() == 1 ? "" : " and " + Texts.count(files.size() - 1, "other");
    return bytes + " " + files.get(0).key() + more;
  }

  private static String failedLine(Outcome.Failed failed) {
    return String.format(
        "%-9s %s %s %s",
        "failed", failed.job(), Texts.window(failed.window()), failed.failure().sentence());
  }
}
