package dev.tributary.cli;

import dev.tributary.job.Failure;
import dev.tributary.ledger.Manifest;
import dev.tributary.run.Outcome;
import dev.tributary.run.PassReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A pass's report as an exit code and as JSON. */
final class Reports {

  private Reports() {}

  static ExitCode codeOf(PassReport report) {
    return ExitCode.of(failures(report));
  }

  /** The codes of everything that failed or was left. */
  static List<ExitCode> failures(PassReport report) {
    List<ExitCode> codes = new ArrayList<>();
    report.refusals().values().forEach(failure -> codes.add(ExitCode.of(failure.kind())));
    for (Outcome outcome : report.outcomes()) {
      codes.add(
          outcome.fold(
              new Outcome.Cases<ExitCode>() {
                @Override
                public ExitCode settled(Outcome.Settled settled) {
                  return ExitCode.DONE;
                }

                @Override
                public ExitCode failed(Outcome.Failed failed) {
                  return ExitCode.of(failed.failure().kind());
                }
              }));
    }
    codes.removeIf(code -> code == ExitCode.DONE);
    if (report.bugs() > 0) {
      codes.add(ExitCode.BUG);
    }
    // windows left behind a failure are that failure's; left for want of time, they are due again
    if (report.left() > 0 && codes.isEmpty()) {
      codes.add(ExitCode.TRY_AGAIN);
    }
    return codes;
  }

  /** How many windows came to what. */
  static String summary(PassReport report) {
    long rows = 0;
    int settled = 0;
    for (Outcome outcome : report.outcomes()) {
      long found = rows(outcome);
      settled += found < 0 ? 0 : 1;
      rows += Math.max(0, found);
    }
    return Texts.count(settled, "window")
        + " settled, "
        + (report.outcomes().size() - settled)
        + " failed, "
        + report.left()
        + " left; "
        + Texts.count(rows, "row");
  }

  /** Rows of a settled window; -1 of one that failed. */
  static long rows(Outcome outcome) {
    return outcome.fold(
        new Outcome.Cases<Long>() {
          @Override
          public Long settled(Outcome.Settled settled) {
            return settled.manifest().content().rows();
          }

          @Override
          public Long failed(Outcome.Failed failed) {
            return -1L;
          }
        });
  }

  static Map<String, Object> document(Outcome outcome) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job", outcome.job().value());
    document.put("start", outcome.window().start().toString());
    document.put("end", outcome.window().end().toString());
    outcome.fold(
        new Outcome.Cases<Map<String, Object>>() {
          @Override
          public Map<String, Object> settled(Outcome.Settled settled) {
            return settled(document, settled);
          }

          private Map<String, Object> settled(Map<String, Object> into, Outcome.Settled settled) {
            Manifest manifest = settled.manifest();
            into.put("outcome", settled.how().name().toLowerCase(Locale.ROOT));
            into.put("status", manifest.status().name().toLowerCase(Locale.ROOT));
            into.put("generation", manifest.attempt().generation());
            into.put("rows", manifest.content().rows());
            manifest.reason().ifPresent(reason -> into.put("reason", reason));
            into.put("files", manifest.files().stream().map(file -> file.key().value()).toList());
            return into;
          }

          @Override
          public Map<String, Object> failed(Outcome.Failed failed) {
            return failed(document, failed.failure(), failed.attempts());
          }

          private Map<String, Object> failed(
              Map<String, Object> into, Failure failure, int attempts) {
            into.put("outcome", "failed");
            into.put("kind", failure.kind().name().toLowerCase(Locale.ROOT));
            into.put("reason", failure.sentence());
            into.put("attempts", attempts);
            return into;
          }
        });
    return document;
  }
}
